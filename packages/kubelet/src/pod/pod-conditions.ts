import type { Condition } from '@bellows/core';
import type { ContainerStatus, PodStatus } from '../pod.ts';

/**
 * The phase of a pod: Pending until every container has run, Running while one runs or will run again,
 * then Succeeded or Failed.
 *
 * @param complete - No container will run again.
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go (getPhase)
 */
export function podPhase(
  containers: readonly ContainerStatus[],
  complete: boolean,
): PodStatus['phase'] {
  const neverRan = ({ state, restartCount }: ContainerStatus): boolean =>
    state.kind === 'waiting' && restartCount === 0;
  if (containers.some(neverRan)) return 'Pending';
  if (!complete) return 'Running';
  const succeeded = ({ state }: ContainerStatus): boolean =>
    state.kind === 'terminated' && state.exitCode === 0;
  return containers.every(succeeded) ? 'Succeeded' : 'Failed';
}

/**
 * The conditions of a pod at `nowMs`; one whose status is as before keeps its time.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/status/generate.go (GenerateContainersReadyCondition,
 *   GeneratePodReadyCondition)
 */
export function podConditions(
  pod: { readonly containers: readonly ContainerStatus[]; readonly phase: PodStatus['phase'] },
  before: readonly Condition[],
  nowMs: number,
): readonly Condition[] {
  const ready = readiness(pod);
  return [
    condition('PodScheduled', TRUE),
    condition('Initialized', TRUE),
    condition('ContainersReady', ready),
    condition('Ready', ready),
  ].map((next) => {
    const previous = before.find(({ type }) => type === next.type);
    const since = previous?.status === next.status ? previous.lastTransitionTimeMs : nowMs;
    return { ...next, lastTransitionTimeMs: since };
  });
}

type Said = Pick<Condition, 'status' | 'reason' | 'message'>;
const TRUE: Said = { status: 'True', reason: '', message: '' };

function condition(type: string, said: Said): Omit<Condition, 'lastTransitionTimeMs'> {
  return { type, ...said };
}

function readiness(pod: {
  readonly containers: readonly ContainerStatus[];
  readonly phase: PodStatus['phase'];
}): Said {
  if (pod.phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted', message: '' };
  if (pod.phase === 'Failed') return { status: 'False', reason: 'PodFailed', message: '' };
  const unready = pod.containers.filter(({ ready }) => !ready).map(({ name }) => name);
  if (unready.length === 0) return TRUE;
  const message = `containers with unready status: [${unready.join(' ')}]`;
  return { status: 'False', reason: 'ContainersNotReady', message };
}
