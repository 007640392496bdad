import { BellowsError } from '@bellows/core';
import { createRepeatedWork, type RepeatedWork } from '../loop/repeated-work.ts';
import { PrometheusConnection } from '../prometheus/connection.ts';
import { sendForm } from '../prometheus/send-form.ts';
import type {
  ExternalMetricRead,
  ExternalMetrics,
  ExternalReading,
  Source,
  SourceState,
} from '../source/source.ts';
import { readExternalValues, readJsonBody, readResourceNames } from './read-answer.ts';

/** Options of {@link createDelegateSource}. */
export interface DelegateSourceOptions {
  /** Base URL of the other metrics API server, such as `https://keda-operator-metrics-apiserver.keda.svc`. */
  readonly url: string;
  /** File with the authorities that its certificate is verified with, in PEM; it is always verified. @defaultValue those of Node */
  readonly caFile?: string;
  /** File with the bearer token it knows us by. @defaultValue the pod's service account */
  readonly tokenFile?: string;
  /** An answer must have come within this time, in milliseconds. @defaultValue 5000 */
  readonly timeoutMs?: number;
  /** Time between two listings of its metrics, in milliseconds. @defaultValue 60000 */
  readonly listEveryMs?: number;
}

const TOKEN_FILE = '/var/run/secrets/kubernetes.io/serviceaccount/token';
const TIMEOUT_MS = 5_000;
const LIST_EVERY_MS = 60_000;
const BASE_PATH = 'apis/external.metrics.k8s.io/v1beta1';
const PART = 'former owner';

/**
 * The last source to be asked for external metrics: another metrics API server, such as KEDA's or Datadog's, that answered
 * external.metrics.k8s.io before us. A cluster has one owner of that API, so that without this one of the two could not be used.
 *
 * @throws BellowsError `ERR_ADAPTER_SOURCE` for a URL that is none, or not one of https.
 */
export function createDelegateSource(options: DelegateSourceOptions): Source {
  if (!options.url.startsWith('https://')) {
    throw new BellowsError('ERR_ADAPTER_SOURCE', `Expected a URL of https, got ${options.url}`, {
      remedy: 'Write it such as https://keda-operator-metrics-apiserver.keda.svc:443.',
    });
  }
  return new DelegateSource(options);
}

class DelegateSource implements Source {
  readonly name = 'delegate';
  readonly external: ExternalMetrics;
  readonly #connection: PrometheusConnection;
  readonly #timeoutMs: number;
  readonly #listing: RepeatedWork;
  #names: readonly string[] = [];
  #problem: string | undefined = 'not asked yet';
  #lastSuccessMs: number | undefined;

  constructor({ url, caFile, tokenFile = TOKEN_FILE, ...times }: DelegateSourceOptions) {
    this.#connection = new PrometheusConnection({
      ...{ url, tokenFile },
      ...(caFile !== undefined && { caFile }),
    });
    this.#timeoutMs = times.timeoutMs ?? TIMEOUT_MS;
    this.#listing = createRepeatedWork({
      intervalMs: times.listEveryMs ?? LIST_EVERY_MS,
      run: async (signal) => {
        this.#names = readResourceNames(await this.#ask('', {}, signal));
      },
      onError: () => undefined,
    });
    this.external = {
      list: () => this.#names,
      read: (request, signal) => this.#read(request, signal),
    };
  }

  start(): void {
    this.#listing.start();
  }

  /** Its failure is an answer for each of its metrics. */
  isReady(): boolean {
    return true;
  }

  state(): readonly SourceState[] {
    return [
      {
        part: PART,
        ...(this.#problem !== undefined && { problem: this.#problem }),
        ...(this.#lastSuccessMs !== undefined && { lastSuccessMs: this.#lastSuccessMs }),
      },
    ];
  }

  async stop(): Promise<void> {
    await this.#listing.stop();
    this.#connection.close();
  }

  async #read(
    { metric, namespace, selector }: ExternalMetricRead,
    signal: AbortSignal,
  ): Promise<readonly ExternalReading[] | undefined> {
    const path = `/namespaces/${encodeURIComponent(namespace)}/${encodeURIComponent(metric)}`;
    const parameters = selector.isEmpty ? {} : { labelSelector: selector.toString() };
    const body = await this.#ask(path, parameters, signal);
    return body === undefined ? undefined : readExternalValues(body);
  }

  /** Undefined: 404. */
  async #ask(
    path: string,
    parameters: Readonly<Record<string, string>>,
    outer: AbortSignal,
  ): Promise<unknown> {
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    const signal = AbortSignal.any([outer, timeout]);
    try {
      const response = await sendForm({
        url: new URL(BASE_PATH + path, this.#connection.base),
        parameters: new URLSearchParams(parameters),
        ...{ signal, method: 'GET' },
        ...(await this.#connection.prepare()),
      });
      if (response.statusCode === 404) {
        response.resume();
        this.#succeed();
        return undefined;
      }
      if (response.statusCode !== 200) {
        response.resume();
        throw new Error(`it answered ${String(response.statusCode)}`);
      }
      const body = await readJsonBody(response);
      this.#succeed();
      return body;
    } catch (error) {
      if (outer.aborted) throw error;
      throw this.#fail(error, timeout.aborted);
    }
  }

  #succeed(): void {
    this.#problem = undefined;
    this.#lastSuccessMs = Date.now();
  }

  #fail(cause: unknown, isLate: boolean): BellowsError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const why = isLate ? `no answer within ${this.#timeoutMs} ms` : reason;
    this.#problem = why;
    return new BellowsError(
      'ERR_ADAPTER_SOURCE',
      'the metrics API server that this metric is delegated to cannot be asked',
      { cause: new Error(why, { cause }), remedy: 'See the log of the adapter, and that server.' },
    );
  }
}
