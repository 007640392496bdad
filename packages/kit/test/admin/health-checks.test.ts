import { describe, expect, test } from 'vitest';
import type { AdminConfig } from '../../src/admin/admin-config.ts';
import {
  createHealthChecks,
  type HealthEndpoint,
  type HealthState,
} from '../../src/admin/health-checks.ts';

const CONFIG: AdminConfig = {
  host: '',
  port: 0,
  livenessStallMs: 30_000,
  readinessStallMs: 5_000,
  readinessWhileDraining: 'fail',
  drainToken: '',
};

function failing(
  endpoint: HealthEndpoint,
  state: Partial<HealthState>,
  config: Partial<AdminConfig> = {},
): string[] {
  const whole: HealthState = {
    phase: 'ready',
    heartbeatAgeMs: 0,
    debuggerAttached: false,
    drainRequested: false,
    isPastDeadline: false,
    ...state,
  };
  return createHealthChecks({ ...CONFIG, ...config })
    [endpoint].filter(({ check }) => check(whole) !== undefined)
    .map(({ name }) => name);
}

describe('liveness', () => {
  test('is green in every phase', () => {
    for (const phase of ['starting', 'ready', 'draining', 'closed'] as const) {
      expect(failing('livez', { phase })).toEqual([]);
      expect(failing('healthz', { phase })).toEqual([]);
    }
  });

  test('goes red when the loop has not turned for longer than its limit', () => {
    expect(failing('livez', { heartbeatAgeMs: 30_000 })).toEqual([]);
    expect(failing('livez', { heartbeatAgeMs: 30_001 })).toEqual(['event-loop']);
    expect(failing('livez', { heartbeatAgeMs: 30_001, debuggerAttached: true })).toEqual([]);
  });
});

describe('readiness', () => {
  test.each([
    ['starting', ['started']],
    ['ready', []],
    ['draining', ['shutdown']],
    ['closed', ['shutdown']],
  ] as const)('in phase %s fails %j', (phase, expected) => {
    expect(failing('readyz', { phase })).toEqual(expected);
  });

  test('can be kept during the drain', () => {
    expect(failing('readyz', { phase: 'draining' }, { readinessWhileDraining: 'keep' })).toEqual(
      [],
    );
  });

  test('goes red on a shorter stall than liveness', () => {
    expect(failing('readyz', { heartbeatAgeMs: 5_001 })).toEqual(['event-loop']);
    expect(failing('livez', { heartbeatAgeMs: 5_001 })).toEqual([]);
  });
});

test('startup is green once the gate was open, also while draining', () => {
  expect(failing('startupz', { phase: 'starting' })).toEqual(['started']);
  expect(failing('startupz', { phase: 'draining' })).toEqual([]);
});
