import type { ContainerState, ContainerStatus } from '@bellows/kubelet';
import { expect, test } from 'vitest';
import type { ApiPod } from '../../src/node/api-pod.ts';
import { createContainerHistory } from '../../src/node/container-history.ts';

const SECOND_MS = 1000;

function podOf(status?: ApiPod['status']): ApiPod {
  return {
    metadata: { name: 'shop', namespace: 'default', uid: 'u-1' },
    spec: { containers: [{ name: 'main', image: 'shop:1' }] },
    ...(status && { status }),
  };
}

function statusOf(state: ContainerState, restartCount = 0): ContainerStatus {
  const running = state.kind === 'running';
  return { name: 'main', ready: running, started: running, restartCount, state };
}

const running = (startedAtMs: number): ContainerState => ({ kind: 'running', startedAtMs, pid: 7 });

test('the last end is told while the container waits and when it runs again', () => {
  const history = createContainerHistory(podOf());
  const first = statusOf(running(5 * SECOND_MS));
  history.see([first]);
  expect(history.describe(first, 'shop:1')).toEqual({
    ...{ name: 'main', image: 'shop:1', imageID: '', containerID: 'bellows://u-1/0' },
    ...{ ready: true, started: true, restartCount: 0, lastState: {} },
    state: { running: { startedAt: '1970-01-01T00:00:05Z' } },
  });
  const ended: ContainerState = {
    ...{ kind: 'terminated', reason: 'Error', exitCode: 3, message: 'boom' },
    finishedAtMs: 9 * SECOND_MS,
  };
  history.see([statusOf(ended)]);
  const terminated = {
    ...{ exitCode: 3, reason: 'Error', message: 'boom' },
    ...{ startedAt: '1970-01-01T00:00:05Z', finishedAt: '1970-01-01T00:00:09Z' },
  };
  expect(history.describe(statusOf(ended), '')).toMatchObject({ state: { terminated } });
  const waiting = statusOf({ kind: 'waiting', reason: 'CrashLoopBackOff', message: 'back-off' });
  history.see([waiting]);
  expect(history.describe(waiting, '')).toMatchObject({
    state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } },
    lastState: { terminated },
  });
  const again = statusOf(running(20 * SECOND_MS), 1);
  history.see([again]);
  expect(history.describe(again, '')).toMatchObject({
    ...{ restartCount: 1, containerID: 'bellows://u-1/1', lastState: { terminated } },
  });
});

test('goes on counting where the node was before it was switched off', () => {
  const history = createContainerHistory(
    podOf({
      containerStatuses: [
        {
          name: 'main',
          restartCount: 2,
          state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
        },
      ],
    }),
  );
  expect(history.describe(statusOf(running(0)), '')).toMatchObject({
    restartCount: 3,
    lastState: {
      terminated: { exitCode: 255, reason: 'Unknown', startedAt: '2026-01-01T00:00:00Z' },
    },
  });
});
