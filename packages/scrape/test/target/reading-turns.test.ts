import { createPageReader } from '@bellows/exposition';
import { expect, test } from 'vitest';
import { ReadingTurns } from '../../src/target/reading-turns.ts';

const LINES = 100_000;

function page(value: number): Uint8Array {
  const lines = Array.from({ length: LINES }, (_, id) => `x{id="${id}"} ${value}\n`);
  return Buffer.from(lines.join(''));
}

function* counted(steps: number, result: string): Generator<undefined, string> {
  for (let step = 1; step < steps; step += 1) yield;
  return result;
}

/** How often the loop turns until the promise is settled. */
async function turnsUntil(settled: unknown): Promise<number> {
  let turns = 0;
  let isSettled = false;
  const count = (): void => {
    turns += 1;
    if (!isSettled) setImmediate(count);
  };
  setImmediate(count);
  await settled;
  isSettled = true;
  return turns;
}

test('the loop turns while pages of 100,000 lines are read, first ones and repeated ones', async () => {
  const turns = new ReadingTurns();
  const reader = createPageReader({ wanted: new Set(['y']) });
  for (const value of [1, 2]) {
    const reading = turns.run(reader.readInSteps(page(value), 'text'));
    expect(await turnsUntil(reading)).toBeGreaterThan(90);
    expect((await reading).sampleCount).toBe(LINES);
  }
});

test('a page of one step is read at once', () => {
  expect(new ReadingTurns().run(counted(1, 'page'))).toBe('page');
});

test('a turn of the loop has one step of one page, whoever waits', async () => {
  const turns = new ReadingTurns();
  const pages = Promise.all(
    Array.from({ length: 5 }, async (_, index) => turns.run(counted(11, `${index}`))),
  );
  expect(await turnsUntil(pages)).toBeGreaterThan(45);
  expect(await pages).toEqual(['0', '1', '2', '3', '4']);
});

test('what is wrong with a page is its own matter', async () => {
  const turns = new ReadingTurns();
  function* failing(): Generator<undefined, string> {
    yield;
    throw new Error('line 2000');
  }
  const [bad, good] = [turns.run(failing()), turns.run(counted(3, 'good'))];
  await expect(bad).rejects.toThrow('line 2000');
  expect(await good).toBe('good');
});
