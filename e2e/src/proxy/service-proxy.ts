import { createBalancer } from '@bellows/balancer';
import type { EndpointSlice } from '@bellows/core';
import { createInformer, resourcePath, type KubernetesClient } from '@bellows/kubernetes';
import { hasClusterIP, type ApiService } from '../node/service-variables.ts';
import { endpointSlice, serviceOfSlice, type ApiEndpointSlice } from './endpoint-slices.ts';
import { ServicePorts } from './service-ports.ts';

/** Options of {@link createServiceProxy}. */
export interface ServiceProxyOptions {
  readonly client: KubernetesClient;
  /** Gives this network an address that a balancer then listens on. */
  readonly addAddress: (address: string) => Promise<void>;
  /** Takes it away when its Service is gone. */
  readonly removeAddress: (address: string) => Promise<void>;
  /** Told of what goes wrong; the proxy goes on. */
  readonly failed: (error: unknown) => void;
}

/** The Services of a cluster: each has its address, and connections go to its endpoints. */
export interface ServiceProxy {
  /** Resolves when the Services there are can be reached. */
  start(): Promise<void>;
  /** Ends all connections. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Makes what kube-proxy is for: a balancer for each TCP port of each Service with an address, its endpoints those of the
 * EndpointSlices. Types other than ClusterIP get their cluster address only. When the API server is away, the last endpoints stay.
 */
export function createServiceProxy(options: ServiceProxyOptions): ServiceProxy {
  const { client, failed } = options;
  const served = new Map<string, ServicePorts>();
  const slicesOf = (key: string): EndpointSlice[] =>
    slices
      .list()
      .filter((slice) => serviceOfSlice(slice) === key)
      .map(endpointSlice);
  const spread = (slice: ApiEndpointSlice): void => {
    const key = serviceOfSlice(slice);
    if (key !== undefined) served.get(key)?.setEndpointSlices(slicesOf(key));
  };
  const serve = (service: ApiService): void => {
    const key = keyOf(service);
    const ports = served.get(key) ?? new ServicePorts({ ...options, createBalancer });
    served.set(key, ports);
    ports.set(hasClusterIP(service) ? service : undefined);
    ports.setEndpointSlices(slicesOf(key));
  };
  const slices = createInformer<ApiEndpointSlice>(
    client,
    { path: resourcePath({ apiVersion: 'discovery.k8s.io/v1', resource: 'endpointslices' }) },
    { onAdd: spread, onUpdate: spread, onDelete: spread, onError: failed },
  );
  const services = createInformer<ApiService>(
    client,
    { path: resourcePath({ apiVersion: 'v1', resource: 'services' }) },
    {
      onAdd: serve,
      onUpdate: serve,
      onDelete: (service) => {
        served.get(keyOf(service))?.set(undefined);
        served.delete(keyOf(service));
      },
      onError: failed,
    },
  );
  return {
    async start() {
      await slices.start();
      await services.start();
      await Promise.all([...served.values()].map((ports) => ports.settled()));
    },
    async stop() {
      await Promise.all([services.stop(), slices.stop()]);
      for (const ports of served.values()) ports.set(undefined);
      await Promise.all([...served.values()].map((ports) => ports.settled()));
    },
  };
}

function keyOf({ metadata }: ApiService): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
