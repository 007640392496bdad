import type { Random } from '@bellows/core';
import { ClientConnection, type LoadTarget } from './client-connection.ts';

/** Options of {@link ConnectionPool}. */
export interface ConnectionPoolOptions {
  readonly target: LoadTarget;
  readonly maxConnections: number;
  /** Mean requests of a connection; each lives for half to one and a half times as many. */
  readonly requestsPerConnection: number;
  readonly random: Random;
  /** A connection can be had that could not be had before. */
  readonly onAvailable: () => void;
}

/** Time between two requests of one simulated client, in seconds: the pool has `rate × this` connections. */
export const CLIENT_PERIOD_SECONDS = 0.5;

/**
 * The connections of many independent clients: as many as the rate asks for, each request on an idle one
 * picked at random. Reusing as few as possible instead would keep a light load on one endpoint.
 */
export class ConnectionPool {
  readonly #options: ConnectionPoolOptions;
  readonly #live = new Set<ClientConnection>();
  readonly #idle: ClientConnection[] = [];
  #wantedCount = 1;
  #isClosed = false;

  constructor(options: ConnectionPoolOptions) {
    this.#options = options;
  }

  /**
   * A connection for a request; undefined when all are busy and there may be no more.
   *
   * @param requestsPerSecond - The rate of arrivals now.
   */
  acquire(nowMs: number, requestsPerSecond: number): ClientConnection | undefined {
    const { maxConnections } = this.#options;
    const wanted = Math.max(1, Math.ceil(requestsPerSecond * CLIENT_PERIOD_SECONDS));
    this.#wantedCount = Math.min(maxConnections, wanted);
    if (this.#live.size < this.#wantedCount) return this.#open();
    return this.#takeIdle(nowMs) ?? (this.#live.size < maxConnections ? this.#open() : undefined);
  }

  /** Closes all connections; requests on them end as they do. */
  close(): void {
    this.#isClosed = true;
    for (const connection of [...this.#live]) connection.close();
    this.#idle.length = 0;
  }

  #takeIdle(nowMs: number): ClientConnection | undefined {
    while (this.#idle.length > 0) {
      const index = Math.floor(this.#options.random() * this.#idle.length);
      const connection = this.#idle[index];
      const last = this.#idle.pop();
      if (last !== undefined && last !== connection) this.#idle[index] = last;
      if (connection?.isStale(nowMs) === false) return connection;
      connection?.close();
    }
    return undefined;
  }

  #open(): ClientConnection {
    const { target, requestsPerConnection, random } = this.#options;
    const requests = Math.max(1, Math.round(requestsPerConnection * (0.5 + random())));
    const connection = new ClientConnection(target, requests, {
      idle: (idle) => this.#release(idle),
      closed: (closed) => {
        this.#remove(closed);
      },
    });
    this.#live.add(connection);
    return connection;
  }

  #release(connection: ClientConnection): boolean {
    if (this.#isClosed || this.#live.size > this.#wantedCount) return false;
    this.#idle.push(connection);
    this.#announce();
    return true;
  }

  #remove(connection: ClientConnection): void {
    this.#live.delete(connection);
    const index = this.#idle.indexOf(connection);
    if (index >= 0) this.#idle.splice(index, 1);
    this.#announce();
  }

  /** Later, because the agent has not put the connection aside yet when it reports it as idle. */
  #announce(): void {
    if (!this.#isClosed) process.nextTick(this.#options.onAvailable);
  }
}
