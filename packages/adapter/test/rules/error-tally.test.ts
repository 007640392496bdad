import { BellowsError } from '@bellows/core';
import { expect, test } from 'vitest';
import { ErrorTally, sumOf } from '../../src/rules/error-tally.ts';

test('counts by code, and what has none as internal; several add up', () => {
  const tally = new ErrorTally();
  const known = new BellowsError('ERR_ADAPTER_QUERY', 'no', { remedy: 'write another' });
  for (const error of [known, known, new Error('x')]) tally.add(error);
  expect([...tally.counts]).toEqual([
    ['ERR_ADAPTER_QUERY', 2],
    ['INTERNAL', 1],
  ]);
  expect(sumOf(tally.counts, undefined, tally.counts).get('ERR_ADAPTER_QUERY')).toBe(4);
});
