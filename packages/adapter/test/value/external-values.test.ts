import { expect, test } from 'vitest';
import { externalValues } from '../../src/value/external-values.ts';

const samples = [{ labels: { queue: 'a' }, value: 2.5, timestampMs: 7 }];

test('a vector gives a value a sample, a scalar one without labels', () => {
  const [vector] = externalValues({ type: 'vector', samples });
  const [scalar] = externalValues({ type: 'scalar', samples });
  expect(vector?.labels).toEqual({ queue: 'a' });
  expect(scalar?.labels).toBeUndefined();
  expect(scalar?.value).toMatchObject({ kind: 'value', atMs: 7 });
});

test('a matrix is no value', () => {
  expect(() => externalValues({ type: 'matrix', samples: [] })).toThrow(
    expect.objectContaining({ code: 'ERR_ADAPTER_RESULT' }),
  );
});
