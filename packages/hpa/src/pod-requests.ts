import type { ObservedContainer, ObservedPod } from './observation.ts';
import { addInt64, type Int64 } from './int64.ts';
import { fail, succeed, type Outcome } from './metric-outcome.ts';
import { milliValue } from './milli-value.ts';
import { isPodLevelRequestsSet, podLevelRequestMilli } from './pod-level-request.ts';

/** Whose requests count. */
export interface RequestRules {
  readonly resource: string;
  /** Only this container's request counts; undefined sums all of the pod's. */
  readonly container?: string | undefined;
  /** The gate PodLevelResources. */
  readonly podLevelResources: boolean;
}

/** Requests in thousandths by pod name. */
export type PodRequests = ReadonlyMap<string, Int64>;

/**
 * Reads the request of every pod, whatever its state: one pod without it fails the whole metric.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/replica_calculator.go calculateRequests
 */
export function podRequests(
  pods: readonly ObservedPod[],
  rules: RequestRules,
): Outcome<PodRequests> {
  const requests = new Map<string, Int64>();
  for (const pod of pods) {
    const isPodLevel =
      rules.podLevelResources && rules.container === undefined && isPodLevelRequestsSet(pod);
    const request = isPodLevel
      ? podLevelRequest(pod, rules.resource)
      : containersRequest(pod, rules);
    if (!request.ok) return request;
    requests.set(pod.name, request.value);
  }
  return succeed(requests);
}

function podLevelRequest(pod: ObservedPod, resource: string): Outcome<Int64> {
  const requestMilli = podLevelRequestMilli(pod, resource);
  return requestMilli === undefined
    ? fail(`missing pod-level request for ${resource} in Pod ${pod.name}`)
    : succeed(requestMilli);
}

function containersRequest(pod: ObservedPod, rules: RequestRules): Outcome<Int64> {
  const { resource, container } = rules;
  const counted = runningContainers(pod).filter(
    ({ name }) => container === undefined || container === name,
  );
  let requestMilli: Int64 = 0;
  for (const { name, requests } of container === undefined ? counted : counted.slice(0, 1)) {
    const request = ownValue(requests, resource);
    if (request === undefined) {
      return fail(`missing request for ${resource} in container ${name} of Pod ${pod.name}`);
    }
    requestMilli = addInt64(requestMilli, milliValue(request, 'request', pod.name));
  }
  return container !== undefined && counted.length === 0
    ? fail(`container ${container} not found in Pod ${pod.name}`)
    : succeed(requestMilli);
}

/** Containers, then sidecars; init containers that end are not there while the pod works. */
function runningContainers(pod: ObservedPod): readonly ObservedContainer[] {
  const sidecars = pod.initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always');
  return sidecars === undefined ? pod.containers : [...pod.containers, ...sidecars];
}

function ownValue(
  record: Readonly<Record<string, string>> | undefined,
  key: string,
): string | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
