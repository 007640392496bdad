import { parseLabelSelector } from '@bellows/core';
import { expect, test } from 'vitest';
import type { MetricProblem } from '../../src/self/metric-problem.ts';
import { createUnknownMetrics } from '../../src/self/unknown-metrics.ts';

test('tells of each metric that reached it, and has none', async () => {
  const problems: MetricProblem[] = [];
  const source = createUnknownMetrics((problem) => problems.push(problem));
  const asked = { metric: 'lag', namespace: 'shop', selector: parseLabelSelector('') };
  expect(await source.external?.read(asked, new AbortController().signal)).toBeUndefined();
  expect(problems).toMatchObject([
    { reason: 'MetricUnknown', group: 'external.metrics.k8s.io', metric: 'lag', namespace: 'shop' },
  ]);
  expect(problems[0]?.remedy).toContain('bellows adapter explain');
});
