import { afterEach, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import type { ProbeReport } from '../../src/probe/probe-report.ts';
import type { ProbedContainer, ProbeResult, ProbeType } from '../../src/probe/probe-state.ts';
import { createProbeWorker, type ProbeWorker } from '../../src/probe/probe-worker.ts';
import { httpProbe } from '../support/pods.ts';

const SUCCESS: ProbeReport = { outcome: 'success', message: '' };
const PERIOD_MS = 20;
const workers: ProbeWorker[] = [];
afterEach(() => {
  // Not awaited: these tests leave runs without an answer.
  for (const worker of workers.splice(0)) void worker.stop();
});

function bench(type: ProbeType, periodMs = PERIOD_MS, random = Math.random) {
  const container: { -readonly [K in keyof ProbedContainer]: ProbedContainer[K] } = {
    startedAtMs: Date.now(),
    started: true,
    deleting: false,
  };
  const answers: ((report: ProbeReport) => void)[] = [];
  const signals: AbortSignal[] = [];
  const results: ProbeResult[] = [];
  const worker = createProbeWorker({
    type,
    probe: httpProbe({ periodSeconds: periodMs / 1000, failureThreshold: 1 }),
    look: () => container,
    run: (_, signal) => {
      signals.push(signal);
      return new Promise((resolve) => answers.push(resolve));
    },
    report: (_, result) => results.push(result),
    random,
  });
  workers.push(worker);
  return { container, answers, signals, results, worker };
}

test('runs one probe at a time, and makes up once for the periods that pass meanwhile', async () => {
  const { answers, results, worker } = bench('readiness');
  worker.resume();
  await waitUntil('the first run', () => answers.length === 1);
  // The timers of three periods run on this same clock.
  for (let period = 0; period < 3; period++) {
    await new Promise((resolve) => setTimeout(resolve, PERIOD_MS));
  }
  expect(answers).toHaveLength(1);
  answers[0]?.(SUCCESS);
  await waitUntil('the result', () => results.length === 1);
  expect(answers).toHaveLength(2);
});

test('the first run comes after a random part of the period, the next a period later', async () => {
  const periodMs = 400;
  const { answers, worker } = bench('readiness', periodMs, () => 0.25);
  const startedAtMs = performance.now();
  worker.resume();
  await waitUntil('the first run', () => answers.length === 1);
  expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(0.25 * periodMs - 1);
  answers[0]?.(SUCCESS);
  await waitUntil('the second run', () => answers.length === 2);
  expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(1.25 * periodMs - 2);
});

test('a trigger runs the probe at once', () => {
  const { answers, worker } = bench('readiness', 60_000);
  worker.trigger();
  expect(answers).toHaveLength(0);
  worker.resume();
  worker.trigger();
  expect(answers).toHaveLength(1);
});

test('an answer of the container before says nothing about the next one', async () => {
  const { answers, signals, results, worker } = bench('readiness', 60_000);
  worker.resume();
  worker.trigger();
  expect(signals[0]?.aborted).toBe(false);
  worker.resume();
  expect(signals[0]?.aborted).toBe(true);
  answers[0]?.(SUCCESS);
  await Promise.resolve();
  expect(worker.result()).toBe('failure');
  expect(results).toEqual([]);
});

test('stops by itself for a pod that is being deleted, unless it is readiness', async () => {
  const readiness = bench('readiness');
  const liveness = bench('liveness');
  for (const { container, worker } of [readiness, liveness]) {
    container.deleting = true;
    worker.resume();
  }
  await waitUntil('readiness goes on', () => readiness.answers.length === 1);
  liveness.worker.trigger();
  expect(liveness.answers).toHaveLength(0);
  expect(liveness.worker.result()).toBe('success');
});

test('stop calls off the run under way, and resolves when that is over', async () => {
  const { answers, signals, results, worker } = bench('readiness', 60_000);
  worker.resume();
  worker.trigger();
  let stopped = false;
  const stopping = worker.stop().then(() => {
    stopped = true;
  });
  expect(signals[0]?.aborted).toBe(true);
  await new Promise(setImmediate);
  expect(stopped).toBe(false);
  answers[0]?.(SUCCESS);
  await stopping;
  await worker.stop();
  expect(results).toEqual([]);
});
