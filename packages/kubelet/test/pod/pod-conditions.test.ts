import { describe, expect, test } from 'vitest';
import type { ContainerStatus } from '../../src/pod.ts';
import { podConditions, podPhase } from '../../src/pod/pod-conditions.ts';

const container = (
  state: ContainerStatus['state'],
  over: Partial<ContainerStatus> = {},
): ContainerStatus => ({
  name: 'app',
  ready: false,
  started: false,
  restartCount: 0,
  state,
  ...over,
});
const waiting = { kind: 'waiting', reason: 'X', message: '' } as const;
const running = { kind: 'running', startedAtMs: 0, pid: 1 } as const;
const ended = (exitCode: number) =>
  ({ kind: 'terminated', reason: '', exitCode, message: '', finishedAtMs: 0 }) as const;

describe('podPhase', () => {
  test.each([
    ['Pending', [container(running), container(waiting)], false],
    ['Running', [container(running)], false],
    ['Running', [container(waiting, { restartCount: 1 })], false],
    ['Running', [container(ended(1))], false],
    ['Succeeded', [container(ended(0))], true],
    ['Failed', [container(ended(0)), container(ended(137))], true],
  ])('is %s', (phase, containers, complete) => {
    expect(podPhase(containers, complete)).toBe(phase);
  });
});

describe('podConditions', () => {
  const ready = { containers: [container(running, { ready: true })], phase: 'Running' as const };
  const unready = { containers: [container(running)], phase: 'Running' as const };

  test('keeps the time of what has not changed', () => {
    const first = podConditions(unready, [], 1);
    const second = podConditions(ready, first, 2);
    const third = podConditions(ready, second, 3);
    const timesMs = third.map(({ type, status, lastTransitionTimeMs }) => [
      type,
      status,
      lastTransitionTimeMs,
    ]);
    expect(timesMs).toEqual([
      ['PodScheduled', 'True', 1],
      ['Initialized', 'True', 1],
      ['ContainersReady', 'True', 2],
      ['Ready', 'True', 2],
    ]);
  });

  test('names the containers that are not ready', () => {
    expect(podConditions(unready, [], 1).at(-1)).toMatchObject({
      status: 'False',
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [app]',
    });
  });

  test('a pod that is complete is not ready', () => {
    const succeeded = { containers: [container(ended(0))], phase: 'Succeeded' as const };
    expect(podConditions(succeeded, [], 1).at(-1)).toMatchObject({ reason: 'PodCompleted' });
    const failed = { containers: [container(ended(1))], phase: 'Failed' as const };
    expect(podConditions(failed, [], 1).at(-1)).toMatchObject({ reason: 'PodFailed' });
  });
});
