import { BellowsError } from '@bellows/core';
import { expect, test } from 'vitest';
import { unreadableMetric } from '../../src/self/metric-problem.ts';

const ASKED = {
  group: 'external.metrics.k8s.io',
  namespace: 'shop',
  metric: 'lag',
  source: 'kafka',
} as const;

test('says message and remedy of an error of Bellows', () => {
  const error = new BellowsError('ERR_ADAPTER_SOURCE', 'no broker', { remedy: 'Start one.' });
  expect(unreadableMetric(ASKED, error)).toMatchObject({
    message: 'no broker',
    remedy: 'Start one.',
  });
});

test('says nothing of what an error of others holds', () => {
  const problem = unreadableMetric(ASKED, new Error('postgres://user:secret@host'));
  expect(problem.message).toBe('an internal error; see the log of the adapter');
});
