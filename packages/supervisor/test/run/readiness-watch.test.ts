import { expect, test } from 'vitest';
import { createReadinessWatch } from '../../src/run/readiness-watch.ts';
import { NOW_MS, podStatus } from '../fixtures/objects.ts';

const unready = podStatus({
  ready: false,
  startTimeMs: NOW_MS - 29_000,
  message: 'readiness probe failed: connection refused',
});

test('a pod that is not ready 30 s after its start is spoken of once, with the kubelet’s reason', () => {
  const watch = createReadinessWatch();
  expect(watch.check([unready], NOW_MS)).toEqual([]);
  expect(watch.check([unready], NOW_MS + 1000)).toEqual([
    {
      pod: unready,
      event: {
        type: 'Warning',
        reason: 'NotReady',
        message:
          'not ready 30 s after its start, so it gets no traffic: readiness probe failed: connection refused',
      },
    },
  ]);
  expect(watch.check([unready], NOW_MS + 2000)).toEqual([]);
});

test('a pod that was ready once is not spoken of when it is not any more', () => {
  const watch = createReadinessWatch();
  watch.check([{ ...unready, ...podStatus({ ready: true }) }], NOW_MS);
  expect(watch.check([podStatus({ ready: false })], NOW_MS + 60_000)).toEqual([]);
});

test('a terminating pod is not spoken of', () => {
  const watch = createReadinessWatch();
  expect(watch.check([{ ...unready, deletionTimestampMs: NOW_MS }], NOW_MS + 60_000)).toEqual([]);
});
