import { expect, test } from 'vitest';
import { readGeneration, SlotArena } from '../../src/memory/slot-arena.ts';

test('slots that are given back go to the next who asks for as many, at 0 and in a new generation', () => {
  const arena = new SlotArena();
  const first = arena.allocate(3);
  const kept = arena.allocate(3);
  first.values.set([1, 2, 3], first.offset);
  kept.values.set([4, 5, 6], kept.offset);
  arena.release(first, 3);
  expect(readGeneration(first)).toBe(first.generation + 1);
  const other = arena.allocate(2);
  const again = arena.allocate(3);
  expect([again.chunk, again.offset]).toEqual([first.chunk, first.offset]);
  expect(other.offset).not.toBe(first.offset);
  expect(again.generation).toBe(first.generation + 1);
  expect([...again.values.subarray(again.offset, again.offset + 3)]).toEqual([0, 0, 0]);
  expect([...kept.values.subarray(kept.offset, kept.offset + 3)]).toEqual([4, 5, 6]);
});

test('more slots than a chunk has get a chunk of their own', () => {
  const arena = new SlotArena();
  const small = arena.allocate(1);
  const large = arena.allocate(10_000);
  expect(large.chunk).not.toBe(small.chunk);
  expect(large.values.length).toBeGreaterThan(10_000);
});
