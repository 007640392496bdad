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
  readonly podName: string;
  readonly connectionsTotal: number;
  readonly openConnections: number;
  /** When the first byte of an answer came back from it, in milliseconds since the epoch. */
  readonly firstByteAtMs: number | undefined;
}

/** Counters of a balancer since its start. */
export interface BalancerStats {
  readonly connectionsTotal: number;
  readonly openConnections: number;
  /** Connections that met no ready endpoint, or whose endpoint refused or reset before a byte came back. */
  readonly refusedTotal: number;
  readonly endpoints: readonly EndpointStats[];
}

/** A Service on this machine. */
export interface Balancer {
  /** Listens; rejects with `ERR_BALANCER_LISTEN`. */
  start(): Promise<{ readonly address: string; readonly port: number }>;
  /** Replaces the endpoints. Established connections stay. */
  setEndpointSlices(slices: readonly EndpointSlice[]): void;
  stats(): BalancerStats;
  /** Stops listening and ends every connection. Idempotent. */
  stop(): Promise<void>;
}
