import { expect, test } from 'vitest';
import { endIdle } from '../../src/http/end-idle.ts';

test('what is idle is ended, then given time to close, then closed', () => {
  const done: string[] = [];
  const idle = { idleSinceMs: 1_000, isEnding: false };
  const look = (nowMs: number): number =>
    endIdle(
      idle,
      {
        allowedMs: 500,
        lingerMs: 200,
        end: () => done.push('end'),
        destroy: () => done.push('destroy'),
      },
      nowMs,
    );
  expect(look(1_100)).toBe(400);
  expect(done).toEqual([]);
  // Late: its client has the whole time from then on.
  expect(look(1_900)).toBe(200);
  expect(done).toEqual(['end']);
  expect(look(2_050)).toBe(50);
  expect(look(2_100)).toBe(Infinity);
  expect(done).toEqual(['end', 'destroy']);
});
