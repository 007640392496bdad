import { expect, test } from 'vitest';
import { reasonOf } from '../../src/words/reason-of.ts';

test('puts values into the sentence of a code', () => {
  expect(reasonOf('max-replicas', { maxReplicas: 10 })).toEqual({
    code: 'max-replicas',
    text: 'maxReplicas is 10',
  });
});

test('takes a value as it is, braces and dollars included', () => {
  const values = { metric: 'rps', error: 'no {metric} for $& at $1' };
  expect(reasonOf('metric-unreadable', values).text).toBe(
    'rps cannot be read: no {metric} for $& at $1',
  );
});
