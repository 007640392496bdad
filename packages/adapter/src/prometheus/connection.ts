import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { BellowsError } from '@bellows/core';
import { RotatingFile } from './rotating-file.ts';

/** Who Prometheus is, and how it knows us. Files are read again when they rotate. */
export interface PrometheusConnectionOptions {
  /** Base URL; its path is kept (`https://host/prefix`), its query is not. */
  readonly url: string;
  /** Headers sent with each request; a name may come several times. @defaultValue none */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** File with a bearer token. @defaultValue none is sent */
  readonly tokenFile?: string;
  /** File with the authorities that Prometheus' certificate is trusted for. @defaultValue those of Node */
  readonly caFile?: string;
  /** Files with our own certificate and its key; both or none. @defaultValue none is shown */
  readonly client?: ClientCertificateFiles;
}

/** Files in PEM that show who we are. */
export interface ClientCertificateFiles {
  /** The certificate, with those between it and the authority. */
  readonly certFile: string;
  /** Its private key. */
  readonly keyFile: string;
}

/** Open connections, kept for the next request. */
const AGENT = { keepAlive: true, maxSockets: 16, timeout: 60_000 };

/** What a request is sent with. */
export interface PreparedConnection {
  readonly agent: HttpAgent;
  readonly headers: Readonly<Record<string, string[]>>;
}

/** Holds the connections to one Prometheus and the credentials they are made with. */
export class PrometheusConnection {
  readonly base: URL;
  readonly #headers: Readonly<Record<string, string[]>>;
  readonly #token: RotatingFile | undefined;
  readonly #tls: Readonly<Record<string, RotatingFile>>;
  #agent: HttpAgent | undefined;
  #madeWith = '';

  /** @throws BellowsError `ERR_ADAPTER_SOURCE` for what is no URL of http or https. */
  constructor({ url, headers = [], tokenFile, caFile, client }: PrometheusConnectionOptions) {
    this.base = readUrl(url);
    this.#headers = grouped(headers);
    this.#token = tokenFile === undefined ? undefined : new RotatingFile(tokenFile);
    this.#tls = {
      ...(caFile !== undefined && { ca: new RotatingFile(caFile) }),
      ...(client && {
        cert: new RotatingFile(client.certFile),
        key: new RotatingFile(client.keyFile),
      }),
    };
  }

  /** @throws BellowsError `ERR_ADAPTER_SOURCE` when a file cannot be read. */
  async prepare(): Promise<PreparedConnection> {
    const token = await this.#token?.read();
    const agent = await this.#currentAgent();
    if (token === undefined) return { agent, headers: this.#headers };
    return { agent, headers: { ...this.#headers, authorization: [`Bearer ${token.trim()}`] } };
  }

  async #currentAgent(): Promise<HttpAgent> {
    const names = Object.keys(this.#tls);
    const texts = await Promise.all(Object.values(this.#tls).map((file) => file.read()));
    const madeWith = JSON.stringify(texts);
    if (this.#agent !== undefined && madeWith === this.#madeWith) return this.#agent;
    // Requests under way end on the connections of the agent before.
    this.#madeWith = madeWith;
    const tls = Object.fromEntries(names.map((name, index) => [name, texts[index]]));
    this.#agent =
      this.base.protocol === 'https:'
        ? new HttpsAgent({ ...AGENT, minVersion: 'TLSv1.2', ...tls })
        : new HttpAgent(AGENT);
    return this.#agent;
  }

  /** Closes what waits for a next request. Idempotent. */
  close(): void {
    this.#agent?.destroy();
  }
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) {
    url.pathname = url.pathname.replace(/\/*$/, '/');
    return url;
  }
  throw new BellowsError('ERR_ADAPTER_SOURCE', `Expected a URL of Prometheus, got ${text}`, {
    remedy: 'Write it such as http://prometheus.monitoring.svc:9090.',
  });
}

function grouped(
  headers: readonly (readonly [name: string, value: string])[],
): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const [name, value] of headers) (all[name.toLowerCase()] ??= []).push(value);
  return all;
}
