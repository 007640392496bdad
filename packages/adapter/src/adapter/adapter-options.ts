import type { KubernetesClient } from '@bellows/kubernetes';
import type { DelegatedAuthorizationOptions } from '../auth/access-reviews.ts';
import type { DelegatedAuthenticationOptions } from '../auth/delegated-authentication.ts';
import type { DelegateSourceOptions } from '../delegate/delegate-source.ts';
import type { PrometheusClientOptions } from '../prometheus/prometheus-client.ts';
import type { ServiceReference } from '../registration/api-service.ts';
import type { SecretReference } from '../registration/own-authority.ts';
import type { PrometheusSourceOptions } from '../rules/prometheus-source.ts';
import type { Log } from '../self/log.ts';
import type { MetricsApiServerOptions } from '../server/metrics-api-server.ts';

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

/** Files in PEM that a server is known by. */
export interface ServingFiles {
  /** The certificate, with those between it and its authority. */
  readonly certFile: string;
  /** Its key. */
  readonly keyFile: string;
  /** Authorities, for the APIServices' caBundle. Undefined: somebody else writes that. */
  readonly caFile?: string;
}

/** What the server is known by: files, or an authority of its own in a Secret. */
export type AdapterCertificate =
  | {
      /** Somebody else issues it. */
      readonly files: ServingFiles;
    }
  | {
      /** An authority of our own issues it, which replicas share by this Secret. */
      readonly secret: SecretReference;
      /** Names that the server is called by; the first is the one the API server verifies. */
      readonly hosts: readonly [string, ...string[]];
    };

/** Options of {@link createAdapter}. */
export interface AdapterOptions {
  /** The configuration; read again when it changes. Undefined: nothing is served but what is delegated. */
  readonly configFile?: string;
  /** The cluster. */
  readonly client: KubernetesClient;
  /** How it is found out who asks. @defaultValue as the cluster says */
  readonly authentication?: Omit<DelegatedAuthenticationOptions, 'client' | 'log'>;
  /** How long is remembered who may. @defaultValue 10 s */
  readonly authorization?: Omit<DelegatedAuthorizationOptions, 'client' | 'log'>;
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
  /** Whether each request to a Prometheus is logged, with its query and without headers. @defaultValue false */
  readonly logQueries?: boolean;
  /** Takes what an operator should know. */
  readonly log: Log;
}
