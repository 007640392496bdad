import type { Endpoint, EndpointPort, EndpointSlice } from '@bellows/core';
import { isPodReady, type PodStatus } from '@bellows/kubelet';
import { serviceSelects, type Service, type ServicePort } from '@bellows/manifest';

/**
 * The EndpointSlices of a Service: its selected pods, one slice per set of ports they listen on.
 *
 * A named target port is looked up in each pod; a pod without it stands in a slice without that port.
 * Pods that have ended or have no address are left out.
 *
 * @param pods - Pods of the Service's namespace.
 * @returns Empty for a Service without selector.
 * @see kubernetes/kubernetes v1.37.2 staging/src/k8s.io/endpointslice/reconciler.go, utils.go podToEndpoint
 */
export function endpointSlices(service: Service, pods: readonly PodStatus[]): EndpointSlice[] {
  const slices = new Map<string, { ports: EndpointPort[]; endpoints: Endpoint[] }>();
  for (const pod of pods) {
    if (!serviceSelects(service, pod.metadata.labels) || !hasEndpoint(pod)) continue;
    const ports = endpointPorts(service.spec.ports, pod);
    const key = JSON.stringify(ports);
    const slice = slices.get(key) ?? { ports, endpoints: [] };
    slice.endpoints.push(podToEndpoint(service, pod));
    slices.set(key, slice);
  }
  return [...slices.values()];
}

/** @see kubernetes/kubernetes v1.37.2 staging/src/k8s.io/endpointslice/util/controller_utils.go ShouldPodBeInEndpoints */
function hasEndpoint(pod: PodStatus): boolean {
  return pod.phase !== 'Failed' && pod.phase !== 'Succeeded' && pod.podIP !== '';
}

function podToEndpoint(service: Service, pod: PodStatus): Endpoint {
  const serving = isPodReady(pod);
  const terminating = pod.deletionTimestampMs !== undefined;
  return {
    addresses: [pod.podIP],
    conditions: {
      ready: service.spec.publishNotReadyAddresses || (serving && !terminating),
      serving,
      terminating,
    },
    targetRef: { kind: 'Pod', namespace: pod.metadata.namespace, name: pod.metadata.name },
  };
}

function endpointPorts(ports: readonly ServicePort[], pod: PodStatus): EndpointPort[] {
  return ports.flatMap((port) => {
    const target = targetPort(port, pod);
    return target === undefined ? [] : [{ name: port.name, port: pod.portMap[target] ?? target }];
  });
}

/** @see kubernetes/kubernetes v1.37.2 pkg/api/v1/pod/util.go FindPort */
function targetPort(
  { targetPort: target, protocol }: ServicePort,
  pod: PodStatus,
): number | undefined {
  if (typeof target === 'number') return target;
  return pod.spec.containers
    .flatMap(({ ports }) => ports)
    .find((port) => port.name === target && port.protocol === protocol)?.containerPort;
}
