import type { SourceConfig } from '../config/source-config.ts';
import {
  createPrometheusClient,
  type PrometheusClient,
  type PrometheusClientOptions,
} from '../prometheus/prometheus-client.ts';
import type { PrometheusBackend } from '../rules/backend.ts';

/** What the clients of all servers have in common. */
export type SharedClientOptions = Pick<PrometheusClientOptions, 'method' | 'onRequest'>;

interface Opened {
  /** What it was made from. */
  readonly text: string;
  readonly backend: PrometheusBackend;
}

/** The Prometheus servers that a configuration names, each with one client for as long as what is said of it stays the same. */
export class PrometheusBackends {
  readonly #shared: SharedClientOptions;
  #opened: ReadonlyMap<string, Opened> = new Map();

  /** @param shared - What all are asked with. */
  constructor(shared: SharedClientOptions) {
    this.#shared = shared;
  }

  /** Clients of what the configuration names now, by name; what is named no more is closed by {@link PrometheusBackends.closeOthers}. */
  open(sources: readonly SourceConfig[]): ReadonlyMap<string, Opened> {
    return new Map(
      sources.flatMap(({ name, prometheus }) => {
        if (prometheus === undefined) return [];
        const text = JSON.stringify(prometheus);
        const before = this.#opened.get(name);
        if (before?.text === text) return [[name, before]];
        const { url, headers, tokenFile, caFile, timeoutMs, tenantHeader } = prometheus;
        const client: PrometheusClient = createPrometheusClient({
          ...{ url, headers: Object.entries(headers) },
          ...(tokenFile !== '' && { tokenFile }),
          ...(caFile !== '' && { caFile }),
          ...(timeoutMs !== undefined && { timeoutMs }),
          ...this.#shared,
        });
        return [[name, { text, backend: { client, tenantHeader } }]];
      }),
    );
  }

  /** Keeps these and closes all others. */
  closeOthers(kept: ReadonlyMap<string, Opened>): void {
    for (const [name, { backend }] of this.#opened) {
      if (kept.get(name)?.backend !== backend) backend.client.close();
    }
    this.#opened = kept;
  }
}
