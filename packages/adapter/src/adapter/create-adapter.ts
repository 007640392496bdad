import { createConfigFile, type ConfigFile } from '../reload/config-file.ts';
import { SERVED_APIS } from '../registration/api-service.ts';
import { createOwnAuthority, type ServingCertificate } from '../registration/own-authority.ts';
import { createRegistrar, type Registrar } from '../registration/registrar.ts';
import { createMetricEvents, type MetricEvents } from '../self/metric-events.ts';
import { observeSource } from '../self/observe-source.ts';
import { SelfMetrics } from '../self/self-metrics.ts';
import { createUnknownMetrics } from '../self/unknown-metrics.ts';
import { createMetricsApiServer, type MetricsApiServer } from '../server/metrics-api-server.ts';
import type { Source } from '../source/source.ts';
import type { AdapterOptions, RegisteredApi } from './adapter-options.ts';
import { AdapterSources } from './adapter-sources.ts';
import { autoscalersNaming } from './named-by.ts';
import { createServingFiles } from './serving-files.ts';

/** Serves the metrics APIs of one cluster, as one of several replicas that all do the same. */
export interface Adapter {
  /**
   * Resolves when it listens; `/readyz` tells when it can answer.
   *
   * @throws BellowsError `ERR_ADAPTER_CONFIG` for a configuration that is not valid, one of `ERR_KUBERNETES_…` or `ERR_ADAPTER_SOURCE` when
   *   there is no certificate; Error of Node when it cannot listen.
   */
  start(): Promise<{ readonly port: number }>;
  /** Fails readiness, answers what is under way, then ends all it has begun. APIs stay registered: other replicas answer. Idempotent. */
  stop(): Promise<void>;
}

/** Makes it; nothing is read, asked or written yet. */
export function createAdapter(options: AdapterOptions): Adapter {
  return new MetricsAdapter(options);
}

interface Stoppable {
  stop(): Promise<void>;
}

type Served = Omit<ServingCertificate, 'caBundle'> & { readonly caBundle?: string };

class MetricsAdapter implements Adapter {
  readonly #options: AdapterOptions;
  readonly #metrics = new SelfMetrics();
  readonly #shared: AdapterSources;
  readonly #events: MetricEvents;
  readonly #config: ConfigFile | undefined;
  /** What has been started, in order; it ends in the opposite one. */
  readonly #started: Stoppable[] = [];
  #sources: readonly Source[] = [];
  #serving: Served | undefined;
  #server: MetricsApiServer | undefined;
  #registrar: Registrar | undefined;
  #stopping: Promise<void> | undefined;

  constructor(options: AdapterOptions) {
    this.#options = options;
    const { client, configFile, log } = options;
    this.#shared = new AdapterSources(options);
    this.#events = createMetricEvents({
      ...{ client, log },
      autoscalersOf: (problem) => autoscalersNaming(problem, this.#shared.demand.list()),
      onResult: (result) => {
        this.#metrics.event(result);
      },
    });
    this.#config =
      configFile === undefined
        ? undefined
        : createConfigFile({
            ...{ path: configFile, log },
            onConfig: (config) => this.#shared.take(config),
          });
  }

  async start(): Promise<{ readonly port: number }> {
    try {
      return await this.#start();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #start(): Promise<{ readonly port: number }> {
    this.#started.push(this.#shared, this.#events);
    if (this.#config === undefined) await this.#shared.take({ rules: [], externalRules: [] });
    else await this.#begin(this.#config);
    this.#sources = this.#observed();
    const { access } = this.#options;
    await Promise.all([this.#begin(access), this.#begin(this.#certificate())]);
    this.#shared.start();
    for (const source of this.#sources) {
      this.#started.push(source);
      source.start();
    }
    this.#server = this.#makeServer();
    const listening = await this.#server.start();
    this.#registrar = this.#makeRegistrar();
    if (this.#registrar !== undefined) {
      this.#started.push(this.#registrar);
      void this.#registrar.start();
    }
    return listening;
  }

  async #begin(part: Stoppable & { start(): Promise<void> }): Promise<void> {
    this.#started.push(part);
    await part.start();
  }

  async #stop(): Promise<void> {
    await this.#server?.stop();
    for (const part of this.#started.splice(0).reverse()) await part.stop();
  }

  #observed(): Source[] {
    const onProblem = this.#events.report.bind(this.#events);
    const observer = { metrics: this.#metrics, onProblem };
    const sources = this.#shared.list().map((source) => observeSource(source, observer));
    return [...sources, createUnknownMetrics(onProblem)];
  }

  #certificate(): Stoppable & { start(): Promise<void> } {
    const { certificate, client, log } = this.#options;
    const onChange = async (serving: Served): Promise<void> => {
      // The bundle is known before a certificate of it is shown; the first is shown by the server's start.
      const before = this.#serving;
      this.#serving = serving;
      if (before?.caBundle !== serving.caBundle) await this.#registrar?.refresh();
      this.#server?.setCertificate(serving);
    };
    return 'files' in certificate
      ? createServingFiles({ files: certificate.files, onChange, log })
      : createOwnAuthority({ ...certificate, client, onChange, log });
  }

  #makeServer(): MetricsApiServer {
    const { access, log, server } = this.#options;
    if (this.#serving === undefined) throw new Error('the certificate is read first');
    return createMetricsApiServer({
      ...server,
      ...{ sources: this.#sources, certificate: this.#serving, log },
      ...{ authenticator: access.authenticator, authorizer: access.authorizer },
      metrics: () =>
        this.#metrics.read({
          sources: this.#sources,
          certificateExpiresAtMs: this.#serving?.expiresAtMs,
          isConfigCurrent: this.#config?.state().problem === undefined,
        }),
      onRequest: ({ group, verb, code, source }) => {
        if (group !== '') this.#metrics.request(group, verb, code, source);
      },
    });
  }

  #makeRegistrar(): Registrar | undefined {
    const { registration, client, log } = this.#options;
    if (registration === undefined) return undefined;
    const { service, takeOver = false, apis = this.#servedApis() } = registration;
    return createRegistrar({
      ...{ client, log, service, takeOver },
      apis: apis.flatMap((api) => SERVED_APIS[api]),
      caBundle: () => this.#serving?.caBundle,
    });
  }

  #servedApis(): RegisteredApi[] {
    const has = (api: RegisteredApi): boolean =>
      this.#sources.some((source) => source.name !== 'unknown' && source[api] !== undefined);
    return (['custom', 'external', 'resource'] as const).filter(has);
  }
}
