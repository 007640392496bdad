import { expect, test } from 'vitest';
import { isToldByDecision } from '../../src/view/decision-event.ts';

test.each([
  ['hpa/shop', 'SuccessfulRescale', true],
  ['hpa/shop', 'FailedGetPodsMetric', true],
  ['hpa/shop', 'FailedReconcile', false],
  ['hpa/shop', 'MetricMissing', false],
  ['service/shop', 'PortInUse', false],
])('a decision tells the event of %s %s: %s', (about, reason, expected) => {
  const event = { type: 'Warning', reason, message: '' } as const;
  expect(isToldByDecision({ atMs: 0, about, event })).toBe(expected);
});
