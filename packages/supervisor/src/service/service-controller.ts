import { BellowsError, type ObjectEvent, type Random } from '@bellows/core';
import type { Balancer, BalancerOptions } from '@bellows/balancer';
import type { PodStatus } from '@bellows/kubelet';
import type { Service, ServicePort } from '@bellows/manifest';
import type { ServiceView } from '../supervisor.ts';
import { endpointSlices } from './endpoint-slices.ts';
import { localPorts } from './local-ports.ts';
import { portInUse } from './port-in-use.ts';
import { serviceEnvironment, type BoundPort } from './service-environment.ts';

/** Options of {@link createServiceController}. */
export interface ServiceControllerOptions {
  readonly service: Service;
  readonly createBalancer: (options: BalancerOptions) => Balancer;
  /** See the balancer's. */
  readonly endpointDelayMs: number;
  readonly random: Random;
  /** An event of the Service: `PortInUse` while it starts. */
  readonly onEvent: (event: ObjectEvent) => void;
}

/** Gives one Service its ports on this machine and keeps their endpoints. */
export interface ServiceController {
  readonly service: Service;
  /** Listens on a port of this machine per TCP port; rejects with `ERR_BALANCER_LISTEN`. */
  start(): Promise<void>;
  /** Variables by which containers find the Service; empty before start. */
  environment(): Readonly<Record<string, string>>;
  /** Takes all pods there are as the ground for the endpoints. */
  setPods(pods: readonly PodStatus[]): void;
  view(): ServiceView;
  /** Stops all balancers. Idempotent. */
  stop(): Promise<void>;
}

interface ServedPort extends BoundPort {
  readonly balancer: Balancer;
}

/** Creates the controller of one Service. */
export function createServiceController(options: ServiceControllerOptions): ServiceController {
  const { service } = options;
  const served: ServedPort[] = [];
  return {
    service,
    async start() {
      for (const port of service.spec.ports) {
        if (port.protocol === 'TCP') served.push(await serve(port, options));
      }
    },
    environment: () => serviceEnvironment(service, served),
    setPods: (pods) => {
      const slices = endpointSlices(service, pods);
      for (const { balancer } of served) balancer.setEndpointSlices(slices);
    },
    view: () => ({
      name: service.metadata.name,
      ports: served.map(({ name, port, address, localPort, balancer }) => ({
        name,
        port,
        host: address,
        localPort,
        stats: balancer.stats(),
      })),
    }),
    async stop() {
      await Promise.all(served.map(({ balancer }) => balancer.stop()));
    },
  };
}

/** Listens on the first of the port's local ports that is free. */
async function serve(
  { name, port }: ServicePort,
  { service, createBalancer, endpointDelayMs, random, onEvent }: ServiceControllerOptions,
): Promise<ServedPort> {
  const takenPorts: number[] = [];
  for (const wanted of localPorts(port)) {
    const balancer = createBalancer({ port: wanted, portName: name, endpointDelayMs, random });
    try {
      const { address, port: localPort } = await balancer.start();
      const bound = { name, port, address, localPort };
      if (takenPorts.length > 0) onEvent(portInUse(service, bound, takenPorts));
      return { ...bound, balancer };
    } catch (error) {
      await balancer.stop();
      if (wanted === 0 || !isPortTaken(error)) throw error;
      takenPorts.push(wanted);
    }
  }
  throw new BellowsError('ERR_BALANCER_LISTEN', `no free port for Service port ${port}`);
}

/** Any other reason, such as an address that is not this machine's, would be the same at the next port. */
function isPortTaken(error: unknown): boolean {
  return (
    BellowsError.is(error) &&
    error.code === 'ERR_BALANCER_LISTEN' &&
    (error.cause as NodeJS.ErrnoException | undefined)?.code === 'EADDRINUSE'
  );
}
