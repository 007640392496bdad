import { describe, expect, test } from 'vitest';
import { objectValues } from '../../src/value/object-values.ts';

const sample = (pod: string, value: number) => ({ labels: { pod }, value, timestampMs: 7 });

describe('objectValues', () => {
  test('gives each object the last sample of it, and says who has none', () => {
    const samples = [sample('a', 1), sample('b', 2), sample('a', 3), sample('c', Number.NaN)];
    const values = objectValues(
      { type: 'vector', samples },
      'pod',
      ['b', 'a', 'c', 'd'],
      'missing',
    );
    expect([...values].map(([name, value]) => [name, value.kind])).toEqual([
      ['b', 'value'],
      ['a', 'value'],
      ['c', 'missing'],
      ['d', 'missing'],
    ]);
    const a = values.get('a');
    expect(a?.kind === 'value' && a.value.toString()).toBe('3');
  });

  test('a sample without the label is nobody’s', () => {
    const samples = [{ labels: {}, value: 4, timestampMs: 7 }];
    const values = objectValues({ type: 'vector', samples }, 'pod', [''], 'missing');
    expect(values.get('')?.kind).toBe('missing');
  });

  test('refuses what is no vector', () => {
    expect(() => objectValues({ type: 'scalar', samples: [] }, 'pod', ['a'], 'missing')).toThrow(
      expect.objectContaining({ code: 'ERR_ADAPTER_RESULT' }),
    );
  });
});
