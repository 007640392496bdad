import type { PodStatus } from '@bellows/kubelet';
import type { NodeIdentity } from '@bellows/kubelet';
import type { ApiPod } from './api-pod.ts';
import type { ContainerHistory } from './container-history.ts';

/** What a pod's status on the API server says besides what the kubelet knows. */
export interface StatusContext {
  readonly pod: ApiPod;
  readonly node: NodeIdentity;
  readonly history: ContainerHistory;
}

/**
 * The status of a pod as a kubelet patches it (strategic merge): conditions are merged by type, so that those of others stay, the
 * addresses are replaced.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go (generateAPIPodStatus)
 */
export function apiPodStatus(status: PodStatus, { pod, node, history }: StatusContext): object {
  const observedGeneration = pod.metadata.generation ?? 1;
  const isOver = status.phase === 'Succeeded' || status.phase === 'Failed';
  const hasSandbox = !isOver;
  const sandbox = {
    type: 'PodReadyToStartContainers',
    status: hasSandbox ? 'True' : 'False',
    reason: '',
    message: '',
    lastTransitionTimeMs: hasSandbox ? status.startTimeMs : latestTransitionMs(status),
  };
  return {
    observedGeneration,
    phase: status.phase,
    conditions: [sandbox, ...status.conditions].map(({ lastTransitionTimeMs, ...condition }) => ({
      type: condition.type,
      observedGeneration,
      status: condition.status,
      lastProbeTime: null,
      lastTransitionTime: apiTime(lastTransitionTimeMs),
      reason: condition.reason === '' ? null : condition.reason,
      message: condition.message === '' ? null : condition.message,
    })),
    hostIP: node.address,
    hostIPs: [{ $patch: 'replace' }, { ip: node.address }],
    podIP: status.podIP,
    podIPs: [{ $patch: 'replace' }, { ip: status.podIP }],
    startTime: pod.status?.startTime ?? apiTime(status.startTimeMs),
    containerStatuses: status.containerStatuses.map((container) =>
      history.describe(container, imageOf(pod, container.name)),
    ),
  };
}

/** A pod that no process can be made from, as a kubelet says of one that it does not admit. */
export function refusedPodStatus(error: unknown): object {
  const message = error instanceof Error ? error.message : String(error);
  return { phase: 'Failed', reason: 'UnsupportedPod', message, startTime: apiTime(Date.now()) };
}

/** `metav1.Time`: whole seconds, as Kubernetes writes it. */
export function apiTime(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}

function latestTransitionMs({ conditions }: PodStatus): number {
  return Math.max(...conditions.map(({ lastTransitionTimeMs }) => lastTransitionTimeMs));
}

function imageOf({ spec }: ApiPod, container: string): string {
  return spec.containers.find(({ name }) => name === container)?.image ?? '';
}
