import type { KubernetesClient } from '@bellows/kubernetes';
import type { Authenticator } from '../auth/authenticator.ts';
import type { Authorizer } from '../auth/authorizer.ts';
import type { DelegateSourceOptions } from '../delegate/delegate-source.ts';
import type { PrometheusClientOptions } from '../prometheus/prometheus-client.ts';
import type { ServiceReference } from '../registration/api-service.ts';
import type { PrometheusSourceOptions } from '../rules/prometheus-source.ts';
import type { Log } from '../self/log.ts';
import type { MetricsApiServerOptions } from '../server/metrics-api-server.ts';
import type { ServingFiles } from './serving-files.ts';

/** Finds out who asks, and decides who may. */
export interface Access {
  /** Finds out who asks. */
  readonly authenticator: Authenticator;
  /** Decides who may. */
  readonly authorizer: Authorizer;
  /** Begins; resolves when it can say who asks, or why not. */
  start(): Promise<void>;
  /** Idempotent. */
  stop(): Promise<void>;
}

/** One of the metrics APIs. */
export type RegisteredApi = 'custom' | 'external' | 'resource';

/** How the APIs are registered. */
export interface AdapterRegistration {
  /** The Service that leads here. */
  readonly service: ServiceReference;
  /** What is registered. @defaultValue what the configuration has something of */
  readonly apis?: readonly RegisteredApi[];
  /** Whether APIs of somebody else are taken. @defaultValue false */
  readonly takeOver?: boolean;
}

/** What the server is known by: files, or an authority of its own in a Secret. */
export type AdapterCertificate =
  | { readonly files: ServingFiles }
  | {
      readonly secret: { readonly namespace: string; readonly name: string };
      readonly hosts: readonly [string, ...string[]];
    };

/** Options of {@link createAdapter}. */
export interface AdapterOptions {
  /** The configuration; read again when it changes. Undefined: nothing is served but what is delegated. */
  readonly configFile?: string;
  /** The cluster. */
  readonly client: KubernetesClient;
  /** Who may ask. Started and stopped by the adapter. */
  readonly access: Access;
  /** The Prometheus that rules without `backend` ask. */
  readonly prometheus: PrometheusClientOptions;
  /** How rules are listed and asked. */
  readonly rules?: Pick<
    PrometheusSourceOptions,
    'relistIntervalMs' | 'maxAgeMs' | 'compatibility' | 'maxBackOffMs'
  >;
  /** Time between two reads of the cluster's resources, in milliseconds. @defaultValue 60000 */
  readonly discoveryIntervalMs?: number;
  /** What the server is known by. */
  readonly certificate: AdapterCertificate;
  /** Undefined: somebody else registers the APIs. */
  readonly registration?: AdapterRegistration;
  /** Whom external metrics are asked from that nobody here knows. Undefined: nobody. */
  readonly delegate?: DelegateSourceOptions;
  /** Where it listens, and for how long it goes on after `stop`. */
  readonly server?: Pick<
    MetricsApiServerOptions,
    'host' | 'port' | 'alwaysAllowPaths' | 'shutdownDelayMs' | 'shutdownGraceMs' | 'version'
  >;
  /** Takes what an operator should know. */
  readonly log: Log;
}
