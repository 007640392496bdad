import type { Balancer, BalancerOptions } from '@bellows/balancer';
import type { EndpointSlice } from '@bellows/core';
import type { ApiService } from '../node/service-variables.ts';

/** What {@link ServicePorts} is made with. */
export interface ServicePortsOptions {
  readonly createBalancer: (options: BalancerOptions) => Balancer;
  readonly addAddress: (address: string) => Promise<void>;
  readonly removeAddress: (address: string) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

interface Served {
  readonly address: string;
  readonly port: number;
  readonly name: string;
}

/** The balancers of one Service, as it is now: changes are made one after the other. */
export class ServicePorts {
  readonly #options: ServicePortsOptions;
  readonly #balancers = new Map<string, Balancer>();
  #slices: readonly EndpointSlice[] = [];
  #address: string | undefined;
  #changes: Promise<void> = Promise.resolve();

  constructor(options: ServicePortsOptions) {
    this.#options = options;
  }

  /** The Service as it is now; undefined: it has no address any more. */
  set(service: ApiService | undefined): void {
    this.#changes = this.#changes
      .then(() =>
        this.#apply(service?.spec.clusterIP, service === undefined ? [] : tcpPorts(service)),
      )
      .catch(this.#options.failed);
  }

  /** The endpoints of all its ports. */
  setEndpointSlices(slices: readonly EndpointSlice[]): void {
    this.#slices = slices;
    for (const balancer of this.#balancers.values()) balancer.setEndpointSlices(slices);
  }

  /** Resolves when all that was said has been done. */
  settled(): Promise<void> {
    return this.#changes;
  }

  async #apply(address: string | undefined, ports: readonly Served[]): Promise<void> {
    const wanted = new Map(ports.map((port) => [JSON.stringify(port), port]));
    for (const [key, balancer] of this.#balancers) {
      if (wanted.has(key)) continue;
      this.#balancers.delete(key);
      await balancer.stop();
    }
    if (this.#address !== undefined && this.#address !== address) {
      await this.#options.removeAddress(this.#address);
      this.#address = undefined;
    }
    if (address !== undefined && this.#address === undefined) {
      await this.#options.addAddress(address);
      this.#address = address;
    }
    for (const [key, port] of wanted) {
      if (!this.#balancers.has(key)) await this.#listen(key, port);
    }
  }

  async #listen(key: string, { address, port, name }: Served): Promise<void> {
    const balancer = this.#options.createBalancer({ address, port, portName: name });
    balancer.setEndpointSlices(this.#slices);
    await balancer.start();
    this.#balancers.set(key, balancer);
    balancer.setEndpointSlices(this.#slices);
  }
}

function tcpPorts({ spec: { clusterIP = '', ports = [] } }: ApiService): Served[] {
  return ports
    .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
    .map(({ name = '', port }) => ({ address: clusterIP, port, name }));
}
