import type { IncomingMessage } from 'node:http';
import { BellowsError } from '@bellows/core';
import type { SeriesShape } from '../registry/series.ts';
import type { QueryResult } from '../value/query-result.ts';
import { PrometheusConnection, type PrometheusConnectionOptions } from './connection.ts';
import { readEnvelope } from './read-envelope.ts';
import { readSeriesShapes } from './read-series-shapes.ts';
import { readQueryResult } from './read-query-result.ts';
import { sendForm, type QueryMethod } from './send-form.ts';

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
}

/** Asks one Prometheus. Every method throws a BellowsError `ERR_ADAPTER_SOURCE` when there is no answer. */
export interface PrometheusClient {
  /** Asks a query as of now. */
  query(query: string, signal?: AbortSignal): Promise<QueryResult>;
  /**
   * The shapes of the series that a selector finds: names and label names, each once. The answer is read as
   * it comes and label values are let go, so that memory grows with shapes and not with series.
   *
   * @param sinceMs - Series without a sample after this time are left out; milliseconds since the epoch.
   */
  series(selector: string, sinceMs: number, signal?: AbortSignal): Promise<SeriesShape[]>;
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

class HttpPrometheusClient implements PrometheusClient {
  readonly #connection: PrometheusConnection;
  readonly #method: QueryMethod | 'auto';
  readonly #timeoutMs: number;
  readonly #maxAnswerBytes: number;
  #refusesPost = false;

  constructor(options: PrometheusClientOptions) {
    this.#connection = new PrometheusConnection(options);
    this.#method = options.method ?? DEFAULTS.method;
    this.#timeoutMs = options.timeoutMs ?? DEFAULTS.timeoutMs;
    this.#maxAnswerBytes = options.maxAnswerBytes ?? DEFAULTS.maxAnswerBytes;
  }

  async query(query: string, signal?: AbortSignal): Promise<QueryResult> {
    const parameters = new URLSearchParams({ query, timeout: `${this.#timeoutMs}ms` });
    return this.#ask('query', parameters, signal, async (response) =>
      readQueryResult(await readEnvelope(response, this.#maxAnswerBytes)),
    );
  }

  async series(selector: string, sinceMs: number, signal?: AbortSignal): Promise<SeriesShape[]> {
    const parameters = new URLSearchParams({ 'match[]': selector, start: String(sinceMs / 1000) });
    return this.#ask('series', parameters, signal, readSeriesShapes);
  }

  close(): void {
    this.#connection.close();
  }

  async #ask<T>(
    path: 'query' | 'series',
    parameters: URLSearchParams,
    outer: AbortSignal | undefined,
    read: (response: IncomingMessage) => Promise<T>,
  ): Promise<T> {
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    const signal = outer === undefined ? timeout : AbortSignal.any([outer, timeout]);
    try {
      return await read(await this.#send(path, parameters, signal));
    } catch (error) {
      if (BellowsError.is(error)) throw error;
      throw this.#unreachable(error, timeout.aborted);
    }
  }

  async #send(
    path: 'query' | 'series',
    parameters: URLSearchParams,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const url = new URL(`api/v1/${path}`, this.#connection.base);
    const method = this.#methodFor(parameters);
    const request = { url, parameters, signal, ...(await this.#connection.prepare()) };
    const response = await sendForm({ ...request, method });
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

  #unreachable(cause: unknown, isLate: boolean): BellowsError {
    const { host } = this.#connection.base;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const why = isLate ? `no answer within ${this.#timeoutMs} ms` : reason;
    return new BellowsError('ERR_ADAPTER_SOURCE', `Prometheus at ${host}: ${why}`, {
      remedy: 'Check that it runs, its address, and the network policy between the two.',
      cause,
    });
  }
}
