import { createDelegatedAuthorization } from '../auth/access-reviews.ts';
import {
  createDelegatedAuthentication,
  type DelegatedAuthentication,
} from '../auth/delegated-authentication.ts';
import { createConfigFile, type ConfigFile } from '../reload/config-file.ts';
import { SERVED_APIS } from '../registration/api-service.ts';
import { RotatingFile } from '../prometheus/rotating-file.ts';
import { validityOf, type KeyedCertificate } from '../registration/certificate.ts';
import { createOwnAuthority } from '../registration/own-authority.ts';
import { createRegistrar, type Registrar } from '../registration/registrar.ts';
import { createMetricEvents, type MetricEvents } from '../self/metric-events.ts';
import { logQuery } from '../self/log-query.ts';
import { observeSource, type SourceObserver } from '../self/observe-source.ts';
import { SelfMetrics } from '../self/self-metrics.ts';
import { createUnknownMetrics } from '../self/unknown-metrics.ts';
import {
  createMetricsApiServer,
  type ListeningPort,
  type MetricsApiServer,
} from '../server/metrics-api-server.ts';
import { createCertificateFiles } from '../tls/certificate-files.ts';
import type { AdapterOptions, RegisteredApi } from './adapter-options.ts';
import { AdapterSources } from './adapter-sources.ts';
import { autoscalersNaming } from './named-by.ts';

/** Serves the metrics APIs of one cluster, as one of several replicas that all do the same. */
export interface Adapter {
  /**
   * Resolves when it listens; `/readyz` tells when it can answer.
   *
   * @throws BellowsError `ERR_ADAPTER_CONFIG` for a configuration that is not valid, one of `ERR_KUBERNETES_…` or `ERR_ADAPTER_SOURCE` when
   *   there is no certificate; Error of Node when it cannot listen.
   */
  start(): Promise<ListeningPort>;
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

class MetricsAdapter implements Adapter {
  readonly #options: AdapterOptions;
  readonly #metrics = new SelfMetrics();
  readonly #shared: AdapterSources;
  readonly #events: MetricEvents;
  readonly #authentication: DelegatedAuthentication;
  readonly #config: ConfigFile | undefined;
  /** What has been started, in order; it ends in the opposite one. */
  readonly #started: Stoppable[] = [];
  #serving: KeyedCertificate | undefined;
  /** Authorities that APIServices are told of. */
  #caBundle: () => string | undefined | Promise<string | undefined> = () => undefined;
  #server: MetricsApiServer | undefined;
  #registrar: Registrar | undefined;
  #stopping: Promise<void> | undefined;

  constructor(options: AdapterOptions) {
    this.#options = options;
    const { client, configFile, log } = options;
    this.#shared = new AdapterSources(options, {
      wrap: (source) => observeSource(source, this.#observer()),
      last: createUnknownMetrics((problem) => {
        this.#events.report(problem);
      }),
      onRequest: (request) => {
        this.#metrics.prometheusRequest(request.path, request.server, request.durationMs / 1000);
        if (options.logQueries === true) logQuery(log, request);
      },
    });
    this.#authentication = createDelegatedAuthentication({
      ...options.authentication,
      client,
      log,
    });
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

  async start(): Promise<ListeningPort> {
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

  async #start(): Promise<ListeningPort> {
    // The file ends last: a change that it is telling of ends with the sources.
    this.#started.push(...(this.#config ? [this.#config] : []), this.#shared, this.#events);
    if (this.#config === undefined) await this.#shared.take({ rules: [], externalRules: [] });
    else await this.#config.start();
    await Promise.all([this.#begin(this.#authentication), this.#begin(this.#certificate())]);
    this.#shared.start();
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

  #observer(): SourceObserver {
    return {
      metrics: this.#metrics,
      onProblem: (problem) => {
        this.#events.report(problem);
      },
    };
  }

  #certificate(): Stoppable & { start(): Promise<void> } {
    const { certificate, client, log } = this.#options;
    const show = (serving: KeyedCertificate): void => {
      this.#serving = serving;
      this.#server?.setCertificate(serving);
    };
    if ('secret' in certificate) {
      return createOwnAuthority({
        ...{ ...certificate, client, log },
        onChange: async (serving) => {
          this.#caBundle = () => serving.caBundle;
          // The bundle is known before a certificate of it is shown.
          await this.#registrar?.refresh();
          show(serving);
        },
      });
    }
    const { caFile, ...pair } = certificate.files;
    const authorities = caFile === undefined ? undefined : new RotatingFile(caFile);
    this.#caBundle = () => authorities?.read();
    const files = createCertificateFiles({ ...pair, log, onChange: show });
    return {
      start: async () => {
        show(await files.start());
      },
      stop: () => files.stop(),
    };
  }

  #makeServer(): MetricsApiServer {
    const { client, authorization, log, server } = this.#options;
    if (this.#serving === undefined) throw new Error('the certificate is read first');
    return createMetricsApiServer({
      ...server,
      ...{ sources: this.#shared.list, certificate: this.#serving, log },
      authenticator: this.#authentication,
      authorizer: createDelegatedAuthorization({ ...authorization, client, log }),
      metrics: () =>
        this.#metrics.read({
          sources: this.#shared.list,
          certificateExpiresAtMs: this.#serving && validityOf(this.#serving.certificate).notAfterMs,
          isConfigCurrent: this.#config?.state().problem === undefined,
        }),
      onRequest: ({ group, verb, code, source, clampedValues }) => {
        if (group !== '') this.#metrics.request(group, verb, code, source);
        this.#metrics.clamped(source, clampedValues);
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
      caBundle: () => this.#caBundle(),
    });
  }

  #servedApis(): RegisteredApi[] {
    const has = (api: RegisteredApi): boolean =>
      this.#shared.list.some((source) => source.name !== 'unknown' && source[api] !== undefined);
    return (['custom', 'external', 'resource'] as const).filter(has);
  }
}
