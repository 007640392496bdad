import { describe, expect, test } from 'vitest';
import {
  createProbeState,
  decideProbe,
  recordProbeOutcome,
  resumeProbe,
  type ProbeOutcome,
  type ProbeState,
  type ProbeType,
} from '../../src/probe/probe-state.ts';

const thresholds = { successThreshold: 2, failureThreshold: 3 };

/** The state after a story such as `+-!`: success, failure, error. */
function after(type: ProbeType, story: string, from = createProbeState(type)): ProbeState {
  const outcomes: Record<string, ProbeOutcome> = { '+': 'success', '-': 'failure', '!': 'error' };
  return Array.from(story).reduce(
    (state, sign) => recordProbeOutcome(state, type, thresholds, outcomes[sign] ?? 'error'),
    from,
  );
}

describe('recordProbeOutcome', () => {
  test.each<[ProbeType, string, string]>([
    ['readiness', '', 'failure'],
    ['readiness', '+', 'failure'],
    ['readiness', '++', 'success'],
    ['readiness', '+-+', 'failure'],
    ['readiness', '++--', 'success'],
    ['readiness', '++---', 'failure'],
    ['readiness', '+!+', 'success'],
    ['readiness', '++--!-', 'failure'],
    ['liveness', '', 'success'],
    ['liveness', '--', 'success'],
    ['liveness', '--+--', 'success'],
    ['liveness', '---', 'failure'],
    ['startup', '', 'unknown'],
    ['startup', '--', 'unknown'],
    ['startup', '---', 'failure'],
    ['startup', '++', 'success'],
  ])('%s after "%s" is %s', (type, story, result) => {
    expect(after(type, story).result).toBe(result);
  });

  test('holds liveness after its failure, startup after either end, readiness never', () => {
    expect(after('liveness', '---')).toMatchObject({ onHold: true, resultRun: 0 });
    expect(after('liveness', '++').onHold).toBe(false);
    expect(after('startup', '---').onHold).toBe(true);
    expect(after('startup', '++').onHold).toBe(true);
    expect(after('readiness', '---').onHold).toBe(false);
  });
});

describe('resumeProbe', () => {
  test('believes as at the beginning, but keeps the run of equal outcomes', () => {
    const next = resumeProbe(after('readiness', '++'), 'readiness');
    expect(next.result).toBe('failure');
    expect(after('readiness', '+', next).result).toBe('success');
  });

  test('ends the hold', () => {
    const next = resumeProbe(after('liveness', '---'), 'liveness');
    expect(next).toMatchObject({ result: 'success', onHold: false });
    expect(after('liveness', '--', next).result).toBe('success');
  });
});

describe('decideProbe', () => {
  const running = { startedAtMs: 1000, started: true, deleting: false, initialDelaySeconds: 0 };
  const decide = (type: ProbeType, container: Partial<typeof running>, nowMs = 1000): string =>
    decideProbe(type, createProbeState(type), { ...running, ...container }, nowMs);

  test('waits for the initial delay in whole seconds', () => {
    expect(decide('readiness', { initialDelaySeconds: 2 }, 2999)).toBe('wait');
    expect(decide('readiness', { initialDelaySeconds: 2 }, 3000)).toBe('run');
  });

  test('runs startup alone until the container is started, then never again', () => {
    expect(decide('startup', { started: false })).toBe('run');
    expect(decide('readiness', { started: false })).toBe('wait');
    expect(decide('liveness', { started: false })).toBe('wait');
    expect(decide('startup', {})).toBe('wait');
  });

  test('stops liveness and startup of a pod that is being deleted; readiness goes on', () => {
    expect(decide('liveness', { deleting: true })).toBe('stop');
    expect(decide('startup', { deleting: true, started: false })).toBe('stop');
    expect(decide('readiness', { deleting: true })).toBe('run');
  });

  test('waits while the container does not run or is on hold', () => {
    const held = { ...createProbeState('liveness'), onHold: true };
    expect(decideProbe('liveness', held, running, 1000)).toBe('wait');
    const ended = { ...running, startedAtMs: undefined };
    expect(decideProbe('liveness', createProbeState('liveness'), ended, 1000)).toBe('wait');
  });
});
