import { expect, test } from 'vitest';
import { createScaleEventLog, type ScaleDecision } from '../../src/run/scale-event-log.ts';
import { NOW_MS, podStatus } from '../fixtures/objects.ts';

const up = { decidedAtMs: NOW_MS, deployment: 'shop', from: 1, to: 3, reason: 'above target' };

test('an event carries the earliest ready and served time of the pods it brought', () => {
  const log = createScaleEventLog();
  log.add(up, [podStatus({ name: 'a' }), podStatus({ name: 'b' })]);
  expect(log.events()).toEqual([up]);
  log.podReady('uid-b', NOW_MS + 900);
  log.podReady('uid-a', NOW_MS + 1200);
  log.podServed('a', NOW_MS + 1300);
  log.podServed('b', NOW_MS + 1400);
  expect(log.events()).toEqual([
    { ...up, readyAtMs: NOW_MS + 900, firstServedAtMs: NOW_MS + 1300 },
  ]);
});

test('pods of no event change nothing', () => {
  const log = createScaleEventLog();
  const down = { ...up, from: 3, to: 1, reason: 'All metrics below target' };
  log.add(up, [podStatus({ name: 'a' })]);
  log.add(down, []);
  log.podReady('uid-other', NOW_MS);
  log.podServed('other', NOW_MS);
  expect(log.events()).toEqual([up, down]);
});

test('the last 1000 events are kept, the others counted', () => {
  const log = createScaleEventLog();
  const event = (index: number): ScaleDecision => ({ ...up, from: index, to: index + 1 });
  for (let index = 0; index < 1003; index += 1) {
    log.add(event(index), [podStatus({ name: `pod-${index}` })]);
  }
  log.podReady('uid-pod-2', NOW_MS);
  log.podReady('uid-pod-3', NOW_MS);
  log.podServed('pod-1002', NOW_MS);
  expect(log.leftOut()).toBe(3);
  expect(log.events()).toHaveLength(1000);
  expect(log.events()[0]).toEqual({ ...event(3), readyAtMs: NOW_MS });
  expect(log.events().at(-1)).toEqual({ ...event(1002), firstServedAtMs: NOW_MS });
});
