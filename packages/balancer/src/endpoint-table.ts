import type { Endpoint, EndpointSlice, Random } from '@bellows/core';
import { EndpointRecords, type EndpointRecord } from './endpoint-record.ts';

/** Options of {@link EndpointTable}. */
export interface EndpointTableOptions {
  /** Name of the Service port; a slice without it has no endpoints for this Service port. */
  readonly portName: string;
  /** How long an endpoint that was ready and is terminating now still gets new connections, in milliseconds. */
  readonly endpointDelayMs: number;
  readonly random: Random;
}

interface Entry {
  readonly record: EndpointRecord;
  /** In the rotation until then; `Infinity` while ready, `-Infinity` when not (or no longer) in it. */
  readonly leavesAtMs: number;
  /** Serving and terminating: used when nothing else is left. */
  readonly isFallback: boolean;
}

/**
 * Which endpoint a new connection goes to.
 *
 * Ready endpoints join and unready ones leave at once. One that turns from ready to terminating stays for
 * the endpoint delay, even if it is gone before: a kube-proxy that has not heard yet would not know either.
 * Without any, endpoints that are serving and terminating are used.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/proxy/topology.go (CategorizeEndpoints: fall back to serving and
 * terminating endpoints when there are no ready ones, KEP-1669)
 */
export class EndpointTable {
  readonly #options: EndpointTableOptions;
  readonly #records = new EndpointRecords();
  #entries: ReadonlyMap<string, Entry> = new Map();
  #candidates: readonly EndpointRecord[] = [];
  #candidatesUntilMs = Infinity;

  constructor(options: EndpointTableOptions) {
    this.#options = options;
  }

  /** Replaces the endpoints. @param nowMs - Any monotonic clock, the same for every call. */
  setSlices(slices: readonly EndpointSlice[], nowMs: number): void {
    const before = this.#entries;
    const next = new Map<string, Entry>();
    for (const slice of slices) {
      const port = slice.ports.find(({ name }) => name === this.#options.portName)?.port;
      if (port === undefined) continue;
      for (const endpoint of slice.endpoints) {
        const address = endpoint.addresses[0];
        if (address === undefined) continue;
        const key = `${address}:${port}`;
        const record = this.#records.recordOf(address, port, endpoint.targetRef.name);
        const entry = this.#entryOf(endpoint, record, before.get(key), nowMs);
        // Two pods may share an address while one replaces the other: the one in the rotation counts.
        if ((next.get(key)?.leavesAtMs ?? -Infinity) <= entry.leavesAtMs) next.set(key, entry);
      }
    }
    for (const [key, entry] of before) {
      const isLeaving = Number.isFinite(entry.leavesAtMs) && entry.leavesAtMs > nowMs;
      if (isLeaving && !next.has(key)) next.set(key, { ...entry, isFallback: false });
    }
    this.#entries = next;
    this.#refresh(nowMs);
    this.#records.prune(
      (record) => next.get(`${record.address}:${record.port}`)?.record === record,
    );
  }

  /** The endpoint of a new connection, picked at random; undefined when there is none. */
  pick(nowMs: number): EndpointRecord | undefined {
    if (nowMs >= this.#candidatesUntilMs) this.#refresh(nowMs);
    const candidates = this.#candidates;
    return candidates.length < 2
      ? candidates[0]
      : candidates[Math.floor(this.#options.random() * candidates.length)];
  }

  get records(): EndpointRecords {
    return this.#records;
  }

  #entryOf(
    { conditions }: Endpoint,
    record: EndpointRecord,
    before: Entry | undefined,
    nowMs: number,
  ): Entry {
    if (conditions.ready) return { record, leavesAtMs: Infinity, isFallback: false };
    if (!conditions.terminating) return { record, leavesAtMs: -Infinity, isFallback: false };
    const wasAtMs = before?.record === record ? before.leavesAtMs : -Infinity;
    const leavesAtMs = wasAtMs === Infinity ? nowMs + this.#options.endpointDelayMs : wasAtMs;
    return { record, leavesAtMs, isFallback: conditions.serving };
  }

  #refresh(nowMs: number): void {
    const entries = [...this.#entries.values()];
    const inRotation = entries.filter(({ leavesAtMs }) => leavesAtMs > nowMs);
    const chosen = inRotation.length > 0 ? inRotation : entries.filter((entry) => entry.isFallback);
    this.#candidates = chosen.map(({ record }) => record);
    this.#candidatesUntilMs = Math.min(Infinity, ...inRotation.map(({ leavesAtMs }) => leavesAtMs));
  }
}
