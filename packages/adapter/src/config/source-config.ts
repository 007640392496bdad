import type { Place } from '@bellows/core';

/** One of `sources` of the configuration, which prometheus-adapter does not know: exactly one of the kinds is set. */
export interface SourceConfig {
  /** Where it stands in the file. */
  readonly place: Place;
  /** A DNS label, unlike that of any other source. A rule's `backend` names one of kind Prometheus. */
  readonly name: string;
  /** A Prometheus, or what speaks its HTTP API. */
  readonly prometheus?: PrometheusSourceConfig;
  /** The pods of each autoscaler's target, scraped by this server. */
  readonly pods?: PodsSourceConfig;
  /** Queries to one PostgreSQL server. */
  readonly postgresql?: PostgresqlSourceConfig;
  /** Consumer lag in one Kafka cluster. */
  readonly kafka?: KafkaSourceConfig;
}

/** A Prometheus beside that of the command line. Files are read again when they rotate. */
export interface PrometheusSourceConfig {
  /** Base URL. */
  readonly url: string;
  /** Sent with each request. */
  readonly headers: Readonly<Record<string, string>>;
  /** Header that says whose data is asked for, such as `X-Scope-OrgID`: its value is the request's namespace. Empty: none. */
  readonly tenantHeader: string;
  /** File with a bearer token; empty: none. */
  readonly tokenFile: string;
  /** File with authorities in PEM; empty: those of Node. */
  readonly caFile: string;
  /** In milliseconds. @defaultValue 10000 */
  readonly timeoutMs?: number;
}

/** How pods are scraped. Only what an autoscaler names is kept. */
export interface PodsSourceConfig {
  /** In milliseconds. @defaultValue 1000 */
  readonly intervalMs?: number;
  /** A scrape that takes longer has failed, in milliseconds. @defaultValue 900 */
  readonly timeoutMs?: number;
  /** A value older than this is missing, in milliseconds. @defaultValue 5000 */
  readonly staleAfterMs?: number;
  /** Namespaces whose pods are scraped; empty: all. */
  readonly namespaces: readonly string[];
  /** Namespaces whose pods get a bearer token, and the file that holds it. */
  readonly bearerTokenFiles: Readonly<Record<string, string>>;
  /** Whether pods with a loopback address are scraped, too: where pods are processes of this machine. @defaultValue false */
  readonly includeLoopback?: boolean;
}

/** What every polled metric says. */
export interface PolledMetricConfig {
  /** Name in external.metrics.k8s.io. */
  readonly name: string;
  /** Namespaces whose autoscalers may read it; empty: all. */
  readonly namespaces: readonly string[];
  /** Labels of its value, which an autoscaler's selector selects by. */
  readonly labels: Readonly<Record<string, string>>;
}

/** How values of a polled source are kept fresh. */
export interface PollingConfig {
  /** Time between two polls, in milliseconds. @defaultValue 5000 */
  readonly intervalMs?: number;
  /** A poll that takes longer has failed, in milliseconds. @defaultValue 5000 */
  readonly timeoutMs?: number;
  /** A value older than this is an error, never 0, in milliseconds. @defaultValue 60000 */
  readonly staleAfterMs?: number;
}

/** One server: one connection, read-only transactions, a timeout on the server's side too. */
export interface PostgresqlSourceConfig extends PollingConfig {
  /** File with the connection string (`postgres://…`), read again when it rotates; a secret is mounted there. */
  readonly connectionStringFile: string;
  /** What is asked. */
  readonly metrics: readonly PostgresqlMetricConfig[];
}

/** A query whose answer is one row with one number. */
export interface PostgresqlMetricConfig extends PolledMetricConfig {
  /** One statement of SQL. */
  readonly query: string;
  /** Value of an answer without rows; undefined: an error. */
  readonly emptyValue?: number;
}

/** One cluster: one connection for all groups. */
export interface KafkaSourceConfig extends PollingConfig {
  /** `host:port` of brokers. */
  readonly bootstrapServers: readonly string[];
  /** Undefined: no SASL. */
  readonly sasl?: KafkaSaslConfig;
  /** Undefined: in the clear. */
  readonly tls?: KafkaTlsConfig;
  /** What is asked. */
  readonly metrics: readonly KafkaMetricConfig[];
}

/** Who we are to Kafka. Files are read again when they rotate. */
export interface KafkaSaslConfig {
  /** How the password is shown. */
  readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
  /** File with the name. */
  readonly usernameFile: string;
  /** File with the password. */
  readonly passwordFile: string;
}

/** How brokers are verified, always. */
export interface KafkaTlsConfig {
  /** File with authorities in PEM; empty: those of Node. */
  readonly caFile: string;
  /** File with our certificate; empty: none is shown. */
  readonly certFile: string;
  /** File with its key; empty: none. */
  readonly keyFile: string;
}

/** Lag of one consumer group. */
export interface KafkaMetricConfig extends PolledMetricConfig {
  /** The group. */
  readonly consumerGroup: string;
  /** Topics by name; empty with no `topicPattern`: all that the group has offsets of. */
  readonly topics: readonly string[];
  /** RE2 expression that a topic's whole name matches; empty: none. */
  readonly topicPattern: string;
  /** Partitions that count, such as `1,3-5`; empty: all. */
  readonly partitions: string;
  /** How partitions make one value. @defaultValue sum */
  readonly aggregate?: 'sum' | 'max';
  /** Where a group without offset begins, which says how far behind it is. @defaultValue latest */
  readonly offsetResetPolicy?: 'latest' | 'earliest';
  /** Whether records of open transactions count. @defaultValue read_uncommitted */
  readonly isolation?: 'read_uncommitted' | 'read_committed';
  /** The HPA's target per replica; with it, the value never asks for more replicas than partitions. Undefined: no limit. */
  readonly lagThreshold?: number;
}
