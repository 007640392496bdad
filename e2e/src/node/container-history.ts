import type { ContainerState, ContainerStatus } from '@bellows/kubelet';
import type { ApiPod } from './api-pod.ts';
import { apiTime } from './api-pod-status.ts';

/** What a pod's containers did before what they do now. */
export interface ContainerHistory {
  /** Looks at each status, also those that are not written. */
  see(containers: readonly ContainerStatus[]): void;
  /** `v1 ContainerStatus` with `lastState`. */
  describe(container: ContainerStatus, image: string): object;
}

/** Exit code and reason that a kubelet gives to a container whose end it has not seen. */
const UNSEEN_END = { exitCode: 255, reason: 'Unknown', startedAt: null };

/** Makes the history of a pod, which goes on from what a kubelet before this one has said: it was rebooted, then. */
export function createContainerHistory(pod: ApiPod): ContainerHistory {
  const before = new Map((pod.status?.containerStatuses ?? []).map((one) => [one.name, one]));
  const startedAtMs = new Map<string, number>();
  const ends = new Map<string, object>();
  const states = new Map<string, ContainerState>();
  const bootTime = apiTime(Date.now());
  for (const [name, { state }] of before) {
    if (state?.running === undefined) continue;
    const { startedAt = null } = state.running;
    ends.set(name, { ...UNSEEN_END, startedAt, finishedAt: bootTime });
  }
  const terminated = (name: string, state: ContainerState & { kind: 'terminated' }): object => ({
    exitCode: state.exitCode,
    reason: state.reason,
    ...(state.message !== '' && state.exitCode !== 0 && { message: state.message }),
    startedAt: apiTime(startedAtMs.get(name) ?? state.finishedAtMs),
    finishedAt: apiTime(state.finishedAtMs),
  });
  return {
    see(containers) {
      for (const { name, state } of containers) {
        const last = states.get(name);
        if (last?.kind === 'terminated' && state.kind !== 'terminated') {
          ends.set(name, terminated(name, last));
        }
        if (state.kind === 'running') startedAtMs.set(name, state.startedAtMs);
        states.set(name, state);
      }
    },
    describe({ name, ready, started, restartCount, state }, image) {
      const earlier = before.get(name);
      const earlierRuns = earlier?.state?.running === undefined ? 0 : 1;
      const end = ends.get(name);
      const runs = restartCount + (earlier?.restartCount ?? 0) + earlierRuns;
      return {
        name,
        image,
        imageID: '',
        ready,
        started,
        restartCount: runs,
        state: apiState(state, (ended) => terminated(name, ended)),
        lastState: end === undefined ? {} : { terminated: end },
        ...(state.kind === 'running' && { containerID: `bellows://${pod.metadata.uid}/${runs}` }),
      };
    },
  };
}

function apiState(
  state: ContainerState,
  terminated: (state: ContainerState & { kind: 'terminated' }) => object,
): object {
  switch (state.kind) {
    case 'waiting':
      return {
        waiting: {
          reason: state.reason,
          ...(state.message !== '' && { message: state.message }),
        },
      };
    case 'running':
      return { running: { startedAt: apiTime(state.startedAtMs) } };
    case 'terminated':
      return { terminated: terminated(state) };
  }
}
