import { missing, observed, Quantity, type Observed } from '@bellows/core';
import { expect, test } from 'vitest';
import { answerCustomMetric } from '../../src/server/custom-metric-answer.ts';
import type { Source } from '../../src/source/source.ts';
import { memorySource } from '../fixtures/memory-source.ts';

const sourceOf = (name: string, value: Observed<Quantity> | undefined): Source => {
  const object = { kind: 'Pod', namespace: 'shop', name: 'web-a', apiVersion: 'v1' };
  return {
    ...memorySource({
      custom: {
        list: () => [],
        read: () => Promise.resolve(value === undefined ? undefined : [{ object, value }]),
      },
    }),
    name,
  };
};
const ask = (...sources: Source[]): ReturnType<typeof answerCustomMetric> =>
  answerCustomMetric(
    {
      ...{ kind: 'custom', version: 'v1beta2', namespace: 'shop', name: '*', metric: 'rps' },
      resource: { group: '', resource: 'pods' },
    },
    new URLSearchParams(),
    sources,
    new AbortController().signal,
  );
const one = observed(Quantity.fromMilli(1_000n), 0);

test('the first source that has a value answers', async () => {
  const answer = await ask(
    sourceOf('a', undefined),
    sourceOf('b', missing('its page has none')),
    sourceOf('c', one),
  );
  expect(answer.source).toBe('c');
});

test('where none has, the first that knows the metric says why', async () => {
  const sources = [sourceOf('a', missing('its page has none')), sourceOf('b', missing('other'))];
  await expect(ask(...sources)).rejects.toMatchObject({
    status: { code: 404, message: expect.stringContaining('its page has none') as string },
  });
});
