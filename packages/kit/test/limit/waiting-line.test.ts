import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WaitingLine, type Place } from '../../src/limit/waiting-line.ts';

interface Entry extends Place {
  readonly id: number;
}

test('keeps the order of ranks, and within one the order of arrival, whoever leaves', () => {
  const step = fc.oneof(
    fc.record({ add: fc.integer({ min: 0, max: 2 }) }),
    fc.record({ remove: fc.nat(1000) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const line = new WaitingLine<Entry>();
      let model: Entry[] = [];
      for (const [id, one] of steps.entries()) {
        if ('add' in one) {
          const entry = { id, rank: one.add };
          line.add(entry);
          model = [...model, entry].sort((a, b) => a.rank - b.rank || a.id - b.id);
        } else if (model.length > 0) {
          const [gone] = model.splice(one.remove % model.length, 1);
          line.remove(gone!);
        }
        expect(line.length).toBe(model.length);
        expect(line.first?.id).toBe(model[0]?.id);
        expect(line.last?.id).toBe(model.at(-1)?.id);
        const fronts = [0, 1, 2].flatMap(
          (rank) => model.find((entry) => entry.rank === rank) ?? [],
        );
        expect(line.fronts.map(({ id: front }) => front)).toEqual(
          fronts.map(({ id: front }) => front),
        );
      }
      const left: number[] = [];
      for (let next = line.first; next !== undefined; next = line.first) {
        line.remove(next);
        left.push(next.id);
      }
      expect(left).toEqual(model.map(({ id }) => id));
    }),
  );
});
