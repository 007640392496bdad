import { expect, test } from 'vitest';
import { normalizeOptions } from '../../src/options/normalize-options.ts';
import { graceProblem } from '../../src/shutdown/grace-budget.ts';

test('what a drain may take is compared with the grace period, preStop included', () => {
  const options = normalizeOptions({ preStopSeconds: 5 }, {});
  expect(graceProblem(options, 23_000)).toBeUndefined();
  expect(graceProblem(options, 23_100)).toContain(
    'a drain may take 30.1 s with preStop and closers, but terminationGracePeriodSeconds is 30',
  );
});

test('the defaults fit into the default grace period, with one closer', () => {
  const options = normalizeOptions({}, {});
  const { drainDelayMaxSeconds, inFlightTimeoutSeconds, abortGraceSeconds } = options;
  const workSeconds = drainDelayMaxSeconds + inFlightTimeoutSeconds + abortGraceSeconds;
  const budgetMs = (workSeconds + options.closerTimeoutSeconds) * 1000;
  expect(graceProblem(options, budgetMs)).toBeUndefined();
});
