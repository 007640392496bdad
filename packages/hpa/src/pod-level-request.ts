import type { Quantity } from '@bellows/core';
import type { ObservedPod } from './observation.ts';
import { wrapInt64, type Int64 } from './int64.ts';
import { parseQuantity } from './milli-value.ts';

type Requests = Readonly<Record<string, string>> | undefined;

/**
 * Whether a pod has requests of its own, beside its containers'.
 *
 * @see kubernetes/component-helpers v0.37.2 resource/helpers.go IsPodLevelRequestsSet
 */
export function isPodLevelRequestsSet(pod: ObservedPod): boolean {
  return pod.podRequests !== undefined && Object.keys(pod.podRequests).some(isPodLevelResource);
}

/**
 * Reads the request of a pod that has requests of its own: that request, else what its containers take at
 * most at one time; plus the overhead. Undefined if none of them names the resource.
 *
 * @see kubernetes/component-helpers v0.37.2 resource/helpers.go PodRequests
 */
export function podLevelRequestMilli(pod: ObservedPod, resource: string): Int64 | undefined {
  const own = isPodLevelResource(resource) ? read(pod.podRequests, resource, pod) : undefined;
  const request = own ?? containersRequest(pod, resource);
  const total = add(request, read(pod.overhead, resource, pod));
  return total === undefined ? undefined : wrapInt64(total.milliValue());
}

function isPodLevelResource(resource: string): boolean {
  return resource === 'cpu' || resource === 'memory' || resource.startsWith('hugepages-');
}

/**
 * What containers and sidecars take together, or an init container with the sidecars started before it if
 * that is more.
 */
function containersRequest(pod: ObservedPod, resource: string): Quantity | undefined {
  let running: Quantity | undefined;
  for (const { requests } of pod.containers) running = add(running, read(requests, resource, pod));
  let sidecars: Quantity | undefined;
  let starting: Quantity | undefined;
  for (const { requests, restartPolicy } of pod.initContainers ?? []) {
    const request = read(requests, resource, pod);
    if (restartPolicy === 'Always') {
      running = add(running, request);
      sidecars = add(sidecars, request);
      starting = larger(starting, sidecars);
    } else {
      starting = larger(starting, add(sidecars, request));
    }
  }
  return larger(running, starting);
}

function read(requests: Requests, resource: string, pod: ObservedPod): Quantity | undefined {
  const text =
    requests !== undefined && Object.hasOwn(requests, resource) ? requests[resource] : undefined;
  return text === undefined ? undefined : parseQuantity(text, 'request', pod.name);
}

function add(left: Quantity | undefined, right: Quantity | undefined): Quantity | undefined {
  if (left === undefined) return right;
  return right === undefined ? left : left.add(right);
}

function larger(left: Quantity | undefined, right: Quantity | undefined): Quantity | undefined {
  if (left === undefined) return right;
  return right === undefined || left.compare(right) >= 0 ? left : right;
}
