import type { Endpoint, EndpointSlice } from '@bellows/core';
import type { KubernetesObject } from '@bellows/kubernetes';

/** `discovery.k8s.io/v1 EndpointSlice` as the API server sends it, as far as a Service needs it. */
export interface ApiEndpointSlice extends KubernetesObject {
  /** Only IPv4 slices are used. */
  readonly addressType: string;
  /** Absent where there are none. */
  readonly endpoints?: readonly ApiEndpoint[] | null;
  /** Absent where there are none. */
  readonly ports?:
    | readonly {
        readonly name?: string | null;
        readonly port?: number | null;
        readonly protocol?: string;
      }[]
    | null;
}

interface ApiEndpoint {
  readonly addresses: readonly string[];
  readonly conditions?: {
    readonly ready?: boolean | null;
    readonly serving?: boolean | null;
    readonly terminating?: boolean | null;
  };
  readonly targetRef?: { readonly name?: string };
}

/** Label of a slice that names its Service. */
const SERVICE_LABEL = 'kubernetes.io/service-name';

/** `NAMESPACE/NAME` of the Service that a slice belongs to; undefined for a slice that does not count. */
export function serviceOfSlice({ metadata, addressType }: ApiEndpointSlice): string | undefined {
  const name = metadata.labels?.[SERVICE_LABEL];
  if (name === undefined || addressType !== 'IPv4') return undefined;
  return `${metadata.namespace ?? ''}/${name}`;
}

/**
 * A slice as the balancer takes it. What is not said of an endpoint counts as Kubernetes says: it is ready, serves, does not
 * terminate.
 *
 * @see kubernetes/api v0.37.2 discovery/v1/types.go (EndpointConditions)
 */
export function endpointSlice({ metadata, endpoints, ports }: ApiEndpointSlice): EndpointSlice {
  return {
    ports: (ports ?? []).flatMap(({ name, port, protocol = 'TCP' }) =>
      port == null || protocol !== 'TCP' ? [] : [{ name: name ?? '', port }],
    ),
    endpoints: (endpoints ?? []).map(({ addresses, conditions, targetRef }): Endpoint => {
      const ready = conditions?.ready ?? true;
      return {
        addresses,
        conditions: {
          ready,
          serving: conditions?.serving ?? ready,
          terminating: conditions?.terminating ?? false,
        },
        // One that a person wrote names no pod: its address tells it from others.
        targetRef: {
          kind: 'Pod',
          namespace: metadata.namespace ?? '',
          name: targetRef?.name ?? addresses[0] ?? '',
        },
      };
    }),
  };
}
