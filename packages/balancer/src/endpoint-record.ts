import type { EndpointStats } from './balancer.ts';

/** What is counted of one endpoint; changed in place on the data path. */
export interface EndpointRecord {
  readonly address: string;
  readonly port: number;
  readonly podName: string;
  connectionsTotal: number;
  openConnections: number;
  /** Milliseconds since the epoch; undefined before the first byte of an answer. */
  firstByteAtMs: number | undefined;
}

/** Records kept of endpoints that are gone. */
export const GONE_ENDPOINTS_KEPT = 1000;

/** All endpoints ever seen, the oldest of those that are gone forgotten beyond {@link GONE_ENDPOINTS_KEPT}. */
export class EndpointRecords {
  readonly #records = new Map<string, EndpointRecord>();

  /** The record of a pod at an address; a new one the first time. */
  recordOf(address: string, port: number, podName: string): EndpointRecord {
    const key = `${address}:${port}/${podName}`;
    const known = this.#records.get(key);
    if (known !== undefined) return known;
    const record = {
      address,
      port,
      podName,
      connectionsTotal: 0,
      openConnections: 0,
      firstByteAtMs: undefined,
    };
    this.#records.set(key, record);
    return record;
  }

  /** Forgets the oldest records that are neither current nor have open connections, beyond the limit. */
  prune(isCurrent: (record: EndpointRecord) => boolean): void {
    const gone = [...this.#records].filter(
      ([, record]) => record.openConnections === 0 && !isCurrent(record),
    );
    const surplus = Math.max(0, gone.length - GONE_ENDPOINTS_KEPT);
    for (const [key] of gone.slice(0, surplus)) this.#records.delete(key);
  }

  stats(): EndpointStats[] {
    return [...this.#records.values()].map((record) => ({
      endpoint: `${record.address}:${record.port}`,
      podName: record.podName,
      connectionsTotal: record.connectionsTotal,
      openConnections: record.openConnections,
      firstByteAtMs: record.firstByteAtMs,
    }));
  }
}
