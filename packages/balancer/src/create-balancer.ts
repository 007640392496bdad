import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { BellowsError } from '@bellows/core';
import type { Balancer, BalancerOptions, BalancerStats, ListenAddress } from './balancer.ts';
import { BufferPool } from './buffer-pool.ts';
import { EndpointTable } from './endpoint-table.ts';
import { createRelay, type Relay, type RelayOwner } from './relay.ts';
import { resetSocket } from './reset-socket.ts';

/** Default of {@link BalancerOptions.endpointDelayMs}. */
export const DEFAULT_ENDPOINT_DELAY_MS = 500;

/**
 * Creates a Service on this machine: TCP as kube-proxy in iptables mode with `sessionAffinity: None`. Each
 * new connection goes to a random ready endpoint and stays there. A refused or reset endpoint is a reset
 * at the client, never a second try: it hides no loss.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/proxy/iptables/proxier.go (random among endpoints, REJECT without)
 */
export function createBalancer(options: BalancerOptions): Balancer {
  return new TcpBalancer(options);
}

class TcpBalancer implements Balancer {
  readonly #options: BalancerOptions;
  readonly #table: EndpointTable;
  readonly #relays = new Set<Relay>();
  readonly #relayOwner: RelayOwner;
  readonly #server: Server;
  #connectionsTotal = 0;
  #refusedTotal = 0;
  #stopped: Promise<void> | undefined;

  constructor(options: BalancerOptions) {
    this.#options = options;
    this.#table = new EndpointTable({
      portName: options.portName ?? '',
      endpointDelayMs: options.endpointDelayMs ?? DEFAULT_ENDPOINT_DELAY_MS,
      random: options.random ?? Math.random,
    });
    this.#relayOwner = {
      buffers: new BufferPool(),
      refused: () => {
        this.#refusedTotal += 1;
      },
      closed: (relay) => {
        this.#relays.delete(relay);
      },
    };
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
      this.#accept(client);
    });
  }

  start(): Promise<ListenAddress> {
    const { address = '127.0.0.1', port } = this.#options;
    const server = this.#server;
    return new Promise((resolve, reject) => {
      const onError = (cause: NodeJS.ErrnoException): void => {
        reject(listenError(address, port, cause));
      };
      server.once('error', onError);
      server.listen({ host: address, port }, () => {
        server.off('error', onError);
        // From here on an error is one failed accept (no file descriptor left): that client is refused.
        server.on('error', this.#relayOwner.refused);
        const bound = server.address() as AddressInfo;
        resolve({ address: bound.address, port: bound.port });
      });
    });
  }

  setEndpointSlices(slices: Parameters<Balancer['setEndpointSlices']>[0]): void {
    this.#table.setSlices(slices, performance.now());
  }

  stats(): BalancerStats {
    return {
      connectionsTotal: this.#connectionsTotal,
      openConnections: this.#relays.size,
      refusedTotal: this.#refusedTotal,
      endpoints: this.#table.records.stats(),
    };
  }

  stop(): Promise<void> {
    this.#stopped ??= new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      for (const relay of this.#relays) relay.abort();
    });
    return this.#stopped;
  }

  #accept(client: Socket): void {
    this.#connectionsTotal += 1;
    const endpoint = this.#table.pick(performance.now());
    if (endpoint === undefined) {
      this.#refusedTotal += 1;
      client.on('error', ignore);
      resetSocket(client);
      return;
    }
    this.#relays.add(createRelay(client, endpoint, this.#relayOwner));
  }
}

function ignore(): void {
  // The client left first: there is nobody to tell.
}

function listenError(address: string, port: number, cause: NodeJS.ErrnoException): BellowsError {
  return new BellowsError(
    'ERR_BALANCER_LISTEN',
    `Expected to listen on ${address}:${port}, got ${cause.code ?? cause.message}`,
    {
      remedy:
        cause.code === 'EADDRINUSE'
          ? `End the process that listens on port ${port}, or choose another port`
          : 'Choose an address of this machine and a port that you may listen on',
      cause,
    },
  );
}
