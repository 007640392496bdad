import type { IncomingMessage } from 'node:http';
import { BellowsError } from '@bellows/core';
import type { SeriesShape } from '../registry/series.ts';
import type { QueryResult } from '../value/query-result.ts';
import { PrometheusConnection, type PrometheusConnectionOptions } from './connection.ts';
import { readEnvelope } from './read-envelope.ts';
import { readSeriesShapes } from './read-series-shapes.ts';
import { readQueryResult } from './read-query-result.ts';
import { sourceError } from './source-error.ts';
import { sendForm, type QueryMethod } from './send-form.ts';
import { readVersion } from './read-version.ts';
import { ServerClock } from './server-clock.ts';

/** Options of {@link createPrometheusClient}. */
export interface PrometheusClientOptions extends PrometheusConnectionOptions {
  /**
   * `auto` sends long parameters as a form, since URLs have an end, and goes back to `GET` where a proxy
   * refuses `POST`.
   * @defaultValue 'auto'
   */
  readonly method?: QueryMethod | 'auto';
  /** An answer must have come within this time, in milliseconds. @defaultValue 10000 */
  readonly timeoutMs?: number;
  /** Largest answer to a query that is read, in bytes. @defaultValue 52428800 */
  readonly maxAnswerBytes?: number;
  /** Told of each request when its answer has been read, or has failed. Must not throw. @defaultValue nobody is told */
  readonly onRequest?: (request: PrometheusRequest) => void;
}

/** One request, as it went. Holds no header. */
export interface PrometheusRequest {
  /** Such as `/api/v1/query`. */
  readonly path: string;
  /** Base URL, without user, password and query. */
  readonly server: string;
  /** As they were sent. */
  readonly parameters: URLSearchParams;
  /** Until the answer was read. */
  readonly durationMs: number;
  /** Why there is no answer; undefined: there is one. */
  readonly error: unknown;
}

/** How one question is put. */
export interface AskOptions {
  /** Ends it. */
  readonly signal?: AbortSignal;
  /** Beside those of every request, and instead of those of the same name. @defaultValue none */
  readonly headers?: Readonly<Record<string, string>>;
  /** An answer must have come within this time, in milliseconds. @defaultValue that of the client */
  readonly timeoutMs?: number;
}

/** Asks one Prometheus. Every method throws a BellowsError `ERR_ADAPTER_SOURCE` when there is no answer. */
export interface PrometheusClient {
  /** Asks a query as of now. */
  query(query: string, options?: AskOptions): Promise<QueryResult>;
  /**
   * The shapes of the series that a selector finds: names and label names, each once. The answer is read as
   * it comes and label values are let go, so that memory grows with shapes and not with series.
   *
   * @param sinceMs - Series without a sample after this time are left out; milliseconds since the epoch by our clock, which is
   *   set against that of Prometheus.
   */
  series(selector: string, sinceMs: number, options?: AskOptions): Promise<SeriesShape[]>;
  /** Its version, such as `3.5.0`; undefined where what answers does not say. */
  version(options?: AskOptions): Promise<string | undefined>;
  /** Closes what waits for a next request. Idempotent. */
  close(): void;
}

const DEFAULTS = { method: 'auto', timeoutMs: 10_000, maxAnswerBytes: 50 * 1024 * 1024 } as const;
/** From this length on, parameters go into a form, in characters. */
const LONG_PARAMETERS = 2048;

/** Makes a client; nothing is sent yet. @throws BellowsError `ERR_ADAPTER_SOURCE` for a URL that is none. */
export function createPrometheusClient(options: PrometheusClientOptions): PrometheusClient {
  return new HttpPrometheusClient(options);
}

type ApiPath = 'query' | 'series' | 'status/buildinfo';

class HttpPrometheusClient implements PrometheusClient {
  readonly #connection: PrometheusConnection;
  readonly #method: QueryMethod | 'auto';
  readonly #timeoutMs: number;
  readonly #maxAnswerBytes: number;
  readonly #clock = new ServerClock();
  readonly #onRequest: PrometheusClientOptions['onRequest'];
  #refusesPost = false;

  constructor(options: PrometheusClientOptions) {
    this.#connection = new PrometheusConnection(options);
    this.#method = options.method ?? DEFAULTS.method;
    this.#timeoutMs = options.timeoutMs ?? DEFAULTS.timeoutMs;
    this.#maxAnswerBytes = options.maxAnswerBytes ?? DEFAULTS.maxAnswerBytes;
    this.#onRequest = options.onRequest;
  }

  async query(query: string, options: AskOptions = {}): Promise<QueryResult> {
    const timeoutMs = options.timeoutMs ?? this.#timeoutMs;
    const parameters = new URLSearchParams({ query, timeout: `${timeoutMs}ms` });
    return this.#ask('query', parameters, options, async (response) =>
      readQueryResult(await readEnvelope(response, this.#maxAnswerBytes)),
    );
  }

  async series(
    selector: string,
    sinceMs: number,
    options: AskOptions = {},
  ): Promise<SeriesShape[]> {
    if (!this.#clock.isKnown) await this.version(options);
    const start = String(this.#clock.theirs(sinceMs) / 1000);
    const parameters = new URLSearchParams({ 'match[]': selector, start });
    return this.#ask('series', parameters, options, readSeriesShapes);
  }

  async version(options: AskOptions = {}): Promise<string | undefined> {
    return this.#ask('status/buildinfo', new URLSearchParams(), options, readVersion);
  }

  close(): void {
    this.#connection.close();
  }

  async #ask<T>(
    path: ApiPath,
    parameters: URLSearchParams,
    options: AskOptions,
    read: (response: IncomingMessage) => Promise<T>,
  ): Promise<T> {
    const { signal: outer, timeoutMs = this.#timeoutMs } = options;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = outer === undefined ? timeout : AbortSignal.any([outer, timeout]);
    const beganMs = performance.now();
    let problem: unknown;
    try {
      return await read(await this.#send(path, parameters, { ...options, signal }));
    } catch (error) {
      problem = BellowsError.is(error)
        ? error
        : this.#unreachable(error, timeout.aborted ? timeoutMs : undefined);
      throw problem;
    } finally {
      const durationMs = performance.now() - beganMs;
      const server = serverOf(this.#connection.base);
      this.#onRequest?.({
        ...{ path: `/api/v1/${path}`, server, parameters, durationMs },
        error: problem,
      });
    }
  }

  async #send(
    path: ApiPath,
    parameters: URLSearchParams,
    { headers: own = {}, signal }: AskOptions & { readonly signal: AbortSignal },
  ): Promise<IncomingMessage> {
    const url = new URL(`api/v1/${path}`, this.#connection.base);
    const method = this.#methodFor(parameters);
    const { agent, headers } = await this.#connection.prepare();
    const request = { url, parameters, signal, agent, headers: { ...headers, ...listed(own) } };
    const response = await sendForm({ ...request, method });
    this.#clock.take(response.headers.date);
    if (method === 'GET' || this.#method === 'POST') return response;
    if (response.statusCode !== 405 && response.statusCode !== 501) return response;
    response.resume();
    this.#refusesPost = true;
    return sendForm({ ...request, method: 'GET' });
  }

  #methodFor(parameters: URLSearchParams): QueryMethod {
    if (this.#method !== 'auto') return this.#method;
    const isLong = parameters.toString().length > LONG_PARAMETERS;
    return isLong && !this.#refusesPost ? 'POST' : 'GET';
  }

  #unreachable(cause: unknown, lateMs: number | undefined): BellowsError {
    const { host } = this.#connection.base;
    const { code = 'no connection' } = (cause ?? {}) as { code?: unknown };
    const why =
      lateMs === undefined
        ? `cannot be reached (${String(code)})`
        : `no answer within ${lateMs} ms`;
    const reason = cause instanceof Error ? cause.message : String(cause);
    return sourceError(
      why,
      'Check that it runs, its address, and the network policy between the two.',
      new Error(`${host}: ${reason}`, { cause }),
    );
  }
}

/** As prometheus-adapter labels it, without what is secret. */
function serverOf({ origin, pathname }: URL): string {
  return `${origin}${pathname.replace(/\/$/, '')}`;
}

function listed(headers: Readonly<Record<string, string>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]]),
  );
}
