import type { ObjectEvent } from '@bellows/core';
import { expect, test } from 'vitest';
import { createProbeNews } from '../../src/container/probe-news.ts';

const failure = { outcome: 'failure' as const, message: 'refused' };
const success = { outcome: 'success' as const, message: '' };

function bench() {
  const events: ObjectEvent[] = [];
  return { ...createProbeNews((event) => events.push(event)), events };
}

test('tells a failure once, and again after a success', () => {
  const { take, events } = bench();
  for (const report of [failure, failure, success, failure]) take('readiness', report, 'failure');
  const message = 'Readiness probe failed: refused';
  const event = { type: 'Warning', reason: 'Unhealthy', message };
  expect(events).toEqual([event, event]);
});

test('tells a warning and an error by their own names', () => {
  const { take, events } = bench();
  take('liveness', { ...success, message: 'moved', warning: true }, 'success');
  take('startup', { outcome: 'error', message: 'no port' }, 'unknown');
  expect(events.map(({ reason, message }) => [reason, message])).toEqual([
    ['ProbeWarning', 'Liveness probe warning: moved'],
    ['Unhealthy', 'Startup probe errored: no port'],
  ]);
});

test('the problem is the last failure of startup or readiness, while that is believed', () => {
  const { take, problem, reset } = bench();
  take('liveness', failure, 'failure');
  expect(problem()).toBeUndefined();
  take('readiness', failure, 'success');
  expect(problem()).toBeUndefined();
  take('readiness', failure, 'failure');
  expect(problem()).toBe('refused');
  take('readiness', success, 'failure');
  expect(problem()).toBeUndefined();
  take('startup', failure, 'unknown');
  expect(problem()).toBe('refused');
  reset();
  expect(problem()).toBeUndefined();
});

test('tells the same failure of a new container again', () => {
  const { take, reset, events } = bench();
  take('liveness', failure, 'failure');
  reset();
  take('liveness', failure, 'failure');
  expect(events).toHaveLength(2);
});
