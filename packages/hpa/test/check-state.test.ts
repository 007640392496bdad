import { expect, test } from 'vitest';
import { createHpaState, type HpaState } from '@bellows/hpa';
import { checkState } from '../src/check-state.ts';
import { stateWith } from './samples.ts';

const refusal = (field: string) =>
  expect.objectContaining({ code: 'ERR_HPA_STATE', place: { field } }) as Error;

test('lets states of decisions pass', () => {
  expect(() => {
    checkState(createHpaState());
    checkState(stateWith([10, 3]));
  }).not.toThrow();
});

test('refuses times that are not finite and counts that are no int32', () => {
  const { status, memory } = createHpaState();
  const event = { atMs: 0, replicaChange: 0.5, outdated: false };
  const damaged: [string, HpaState][] = [
    [
      'memory.recommendations',
      { status, memory: { ...memory, recommendations: [{ atMs: Number.NaN, replicas: 1 }] } },
    ],
    ['memory.scaleUpEvents', { status, memory: { ...memory, scaleUpEvents: [event] } }],
    ['memory.scaleDownEvents', { status, memory: { ...memory, scaleDownEvents: [event] } }],
    ['status', { status: { ...status, lastScaleTimeMs: Infinity }, memory }],
    ['status', { status: { ...status, desiredReplicas: 1e12 }, memory }],
  ];
  for (const [field, state] of damaged) {
    expect(() => {
      checkState(state);
    }).toThrow(refusal(field));
  }
});
