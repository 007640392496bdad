import { describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { createPace } from '../../src/admin/pace.ts';

describe('a pace', () => {
  test('lets as many happen in a window as its rate allows, the others in turn', async () => {
    const pace = createPace(40, 10);
    const done: number[] = [];
    for (let number = 0; number < 5; number += 1) {
      expect(pace.run(() => done.push(number))).toBe(true);
    }
    expect(done).toEqual([0, 1]);
    await waitUntil('the others', () => done.length === 5);
    expect(done).toEqual([0, 1, 2, 3, 4]);
    pace.stop();
  });

  test('refuses what comes when too many wait, and forgets those when it stops', async () => {
    const pace = createPace(20, 1);
    const done: number[] = [];
    expect([1, 2, 3].map((number) => pace.run(() => done.push(number)))).toEqual([
      true,
      true,
      false,
    ]);
    pace.stop();
    const later = createPace(20, 1);
    const isOver = new Promise<void>((resolve) => {
      later.run(() => undefined);
      later.run(resolve);
    });
    await isOver;
    expect(done).toEqual([1]);
    later.stop();
  });

  test('gives the place of one that is forgotten to another', async () => {
    const pace = createPace(20, 1);
    const done: string[] = [];
    const gone = (): number => done.push('gone');
    pace.run(() => done.push('first'));
    expect(pace.run(gone)).toBe(true);
    pace.forget(gone);
    expect(pace.run(() => done.push('second'))).toBe(true);
    await waitUntil('the second', () => done.length === 2);
    expect(done).toEqual(['first', 'second']);
    pace.stop();
  });
});
