import type { EndpointSlice, Random } from '@bellows/core';

/** Options of {@link createBalancer}. */
export interface BalancerOptions {
  /** Address to listen on. @defaultValue `127.0.0.1` */
  readonly address?: string;
  /** Port to listen on; 0 picks a free one. */
  readonly port: number;
  /** Name of the Service port whose endpoints are used. @defaultValue the empty name */
  readonly portName?: string;
  /**
   * How long an endpoint that left the ready set still gets new connections, in milliseconds: the time
   * kube-proxy needs to hear of it. @defaultValue 500
   */
  readonly endpointDelayMs?: number;
  /** Picks the endpoint of a new connection. @defaultValue `Math.random` */
  readonly random?: Random;
}

/** What a balancer has seen of one endpoint. */
export interface EndpointStats {
  /** `address:port`. */
  readonly endpoint: string;
  /** Pod behind it. An address that another pod takes over is another entry. */
  readonly podName: string;
  /** Connections sent to it, those that it refused included. */
  readonly connectionsTotal: number;
  /** Of those, the ones with an end that is not closed yet. */
  readonly openConnections: number;
  /** When the first byte of an answer came back from it, in milliseconds since the epoch. */
  readonly firstByteAtMs: number | undefined;
}

/** Counters of a balancer since its start. */
export interface BalancerStats {
  /** Connections accepted from clients, the refused ones included. */
  readonly connectionsTotal: number;
  /** Connections with an end that is not closed yet, at the client or at the endpoint. */
  readonly openConnections: number;
  /** Connections that met no ready endpoint, or whose endpoint refused or reset before a byte came back. */
  readonly refusedTotal: number;
  /** Every endpoint seen so far, in the order they came; of those that are gone, the last 1000. */
  readonly endpoints: readonly EndpointStats[];
}

/** Where a balancer listens. */
export interface ListenAddress {
  /** Numeric IP address; the one asked for, or what its name resolved to. */
  readonly address: string;
  /** The port asked for, or the free one that was picked for 0. */
  readonly port: number;
}

/** A Service on this machine. */
export interface Balancer {
  /** Listens; rejects with `ERR_BALANCER_LISTEN`. */
  start(): Promise<ListenAddress>;
  /** Replaces the endpoints. Established connections stay. */
  setEndpointSlices(slices: readonly EndpointSlice[]): void;
  /** What it has counted until now; also after `stop`. */
  stats(): BalancerStats;
  /** Stops listening and ends every connection. Idempotent. */
  stop(): Promise<void>;
}
