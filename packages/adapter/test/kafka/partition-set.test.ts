import { expect, test } from 'vitest';
import { parsePartitions } from '../../src/kafka/partition-set.ts';

const partitionsIn = (text: string): number[] =>
  [0, 1, 2, 3, 4, 5, 6].filter((partition) => parsePartitions(text)?.(partition));

test.each([
  ['', [0, 1, 2, 3, 4, 5, 6]],
  [' ', [0, 1, 2, 3, 4, 5, 6]],
  ['1', [1]],
  [' 1, 3 - 5 ', [1, 3, 4, 5]],
  ['3-3', [3]],
  ['9', []],
])('%j means %j', (text, partitions) => {
  expect(partitionsIn(text)).toEqual(partitions);
});

test.each(['1-2-3', 'a', '1,', ',', '-1', '5-3', '1.5', '12345678901'])('%j is none', (text) => {
  expect(parsePartitions(text)).toBeUndefined();
});
