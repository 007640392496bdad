import fc from 'fast-check';
import { BellowsError } from '@bellows/core';
import { describe, expect, test } from 'vitest';
import { defaultHpaSpec, explainDecision, whyNot } from '@bellows/hpa';
import { REASONS } from '../src/words/reasons.ts';
import {
  anyAutoscaler,
  anyObservationOf,
  anyProfile,
  anyReplicas,
  anyState,
  anyTimeMs,
} from './arbitraries.ts';
import { autoscaler, deepFreeze, NOW_MS, observation, stateWith } from './samples.ts';

const basis = {
  autoscaler: autoscaler({ behavior: {} }),
  observation: observation(6, '2'),
  state: stateWith([45, 6]),
  nowMs: NOW_MS,
  source: 'local',
} as const;

describe('explainDecision', () => {
  test('says what was decided, why, what comes next and what single things changed', () => {
    expect(explainDecision(basis)).toMatchObject({
      binding: 'stabilization',
      reason: 'stabilization-window',
      verdict: 'hold',
      next: { replicas: 2, code: 'next-change' },
      counterfactuals: [
        { without: 'stabilization', replicas: 2 },
        { without: 'policies', replicas: 6 },
        { without: 'maxReplicas', replicas: 6 },
      ],
    });
  });

  test('repeats that the scale could not be written', () => {
    const up = { ...basis, observation: observation(6, '15'), writeError: 'quota' };
    expect(explainDecision(up)).toMatchObject({
      verdict: 'blocked',
      reason: 'scale-write-failed',
      next: { code: 'next-repair' },
    });
    expect(explainDecision({ ...basis, writeError: 'quota' }).verdict).toBe('hold');
  });

  test('explains anything that can be decided, with any profile, in sentences that have all their values', () => {
    const anyCase = anyAutoscaler.chain((hpa) => {
      const used = { ...hpa, spec: defaultHpaSpec(hpa.spec) };
      return fc.tuple(fc.constant(used), anyObservationOf(used.spec), anyState, anyTimeMs);
    });
    let explained = 0;
    fc.assert(
      fc.property(
        anyCase,
        anyProfile,
        anyReplicas,
        ([hpa, seen, state, nowMs], profile, replicas) => {
          deepFreeze([hpa, seen, state]);
          try {
            const input = {
              autoscaler: { ...hpa, profile },
              observation: seen,
              state,
              nowMs,
              source: 'sim',
            } as const;
            const record = explainDecision(input);
            const { text, reason, steps, next } = record;
            const whyNotText = whyNot(record, replicas).text;
            const codes = [reason, next?.code, ...steps.map(({ code }) => code)];
            for (const code of codes) expect(REASONS).toHaveProperty(code ?? 'no code');
            for (const words of [
              text,
              whyNotText,
              next?.text,
              ...steps.map(({ because }) => because),
            ]) {
              expect(words).not.toMatch(/undefined|NaN|\{\w+\}/);
            }
            explained += 1;
          } catch (error) {
            if (!BellowsError.is(error)) throw error;
          }
        },
      ),
      { numRuns: 1000 },
    );
    expect(explained).toBeGreaterThan(100);
  });
});
