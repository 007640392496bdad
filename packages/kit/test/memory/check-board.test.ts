import { describe, expect, test } from 'vitest';
import { CheckBoard, MAX_CHECKS } from '../../src/memory/check-board.ts';

const now = (): bigint => process.hrtime.bigint();

describe('CheckBoard', () => {
  test('shows results to whoever has its memory, and a check without one as failed', () => {
    const board = new CheckBoard();
    const database = board.add('database', 60_000);
    const reader = new CheckBoard(board.buffer);
    expect(reader.read(now())).toEqual([{ name: 'database', reason: 'it has not run yet' }]);
    database.publish(undefined);
    expect(reader.read(now())).toEqual([{ name: 'database', reason: undefined }]);
    database.publish('connection refused');
    board.add('cache', 60_000).publish('ü'.repeat(500));
    expect(reader.read(now()).map(({ reason }) => reason)).toEqual([
      'connection refused',
      'ü'.repeat(128),
    ]);
  });

  test('takes a result that is too old for none', () => {
    const board = new CheckBoard();
    board.add('database', 1_000).publish(undefined);
    expect(board.read(now() + 2_000_000_000n)[0]!.reason).toMatch(
      /^its last result is 2\.\d s old$/,
    );
  });

  test('names the bound when there are too many, or a name is too long', () => {
    const board = new CheckBoard();
    expect(() => board.add('x'.repeat(65), 1)).toThrow('up to 64 bytes');
    for (let count = 0; count < MAX_CHECKS; count += 1) board.add(`c${count}`, 1);
    expect(() => board.add('one more', 1)).toThrow('up to 64 checks');
  });
});
