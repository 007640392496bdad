import fc from 'fast-check';
import { BellowsError } from '@bellows/core';
import { expect, test } from 'vitest';
import { readQueryResult } from '../../src/prometheus/read-query-result.ts';

const vector = (...result: readonly unknown[]): object => ({ resultType: 'vector', result });

test('reads a vector, its labels and the time of its samples', () => {
  expect(
    readQueryResult(vector({ metric: { pod: 'a' }, value: [1.5, '2.5'] }, { value: [2, '1e+20'] })),
  ).toEqual({
    type: 'vector',
    samples: [
      { labels: { pod: 'a' }, value: 2.5, timestampMs: 1500 },
      { labels: {}, value: 1e20, timestampMs: 2000 },
    ],
  });
});

test('reads a scalar as one sample without labels', () => {
  expect(readQueryResult({ resultType: 'scalar', result: [3, '-4'] })).toEqual({
    type: 'scalar',
    samples: [{ labels: {}, value: -4, timestampMs: 3000 }],
  });
});

test.each([
  ['NaN', Number.NaN],
  ['+Inf', Number.POSITIVE_INFINITY],
  ['-Inf', Number.NEGATIVE_INFINITY],
])('reads %s', (text, value) => {
  expect(readQueryResult(vector({ value: [1, text] })).samples[0]?.value).toBe(value);
});

test('leaves out a native histogram, which has no single value', () => {
  const histogram = { metric: {}, histogram: [1, { count: '5' }] };
  expect(readQueryResult(vector(histogram, { value: [1, '2'] })).samples).toHaveLength(1);
});

test.each(['matrix', 'string'])('reads of a %s what it is', (resultType) => {
  expect(readQueryResult({ resultType, result: [] })).toEqual({ type: resultType, samples: [] });
});

test.each([
  [undefined],
  [{ resultType: 'tensor', result: [] }],
  [{ resultType: 'vector', result: {} }],
  [vector(5)],
  [vector({ value: ['1', '2'] })],
  [vector({ value: [1, 2] })],
  [vector({ value: [1, 'constructor'] })],
  [vector({ value: [1, '0x10'] })],
  [{ resultType: 'scalar', result: [1] }],
])('refuses %j', (data) => {
  expect(() => readQueryResult(data)).toThrow(/is not its JSON/);
});

test('refuses whatever else comes in its own words', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('vector', 'scalar'), (result, resultType) => {
      try {
        readQueryResult({ resultType, result });
      } catch (error) {
        expect(BellowsError.is(error)).toBe(true);
      }
    }),
  );
});
