import type { Place } from '@bellows/core';
import {
  booleanShape,
  enumShape,
  listOf,
  mapOf,
  numberShape,
  optional,
  plain,
  record,
  type Shape,
} from '@bellows/manifest/reading';
import { durationShape, textShape } from './scalar-shapes.ts';
import type {
  KafkaSourceConfig,
  PodsSourceConfig,
  PollingConfig,
  PostgresqlSourceConfig,
  PrometheusSourceConfig,
  SourceConfig,
} from './source-config.ts';

/** Times as the file has them, read as milliseconds. */
interface Times {
  readonly interval?: number;
  readonly timeout?: number;
  readonly staleAfter?: number;
}

type InFile<T> = Omit<T, keyof PollingConfig> & Times;

/** A source as it stands in the file. */
export interface SourceValue {
  readonly name: string;
  readonly prometheus?: InFile<PrometheusSourceConfig>;
  readonly pods?: InFile<PodsSourceConfig>;
  readonly postgresql?: InFile<PostgresqlSourceConfig>;
  readonly kafka?: InFile<KafkaSourceConfig>;
}

/** The kinds of sources. */
export const SOURCE_KINDS = ['prometheus', 'pods', 'postgresql', 'kafka'] as const;

const texts = listOf(textShape);
const textMap = mapOf(textShape);
const polling = {
  interval: optional(durationShape),
  timeout: optional(durationShape),
  staleAfter: optional(durationShape),
};
const metric = { name: plain(textShape), namespaces: plain(texts), labels: plain(textMap) };

const prometheus = {
  url: plain(textShape),
  headers: plain(textMap),
  tenantHeader: plain(textShape),
  tokenFile: plain(textShape),
  caFile: plain(textShape),
  timeout: optional(durationShape),
};
const pods = {
  ...polling,
  namespaces: plain(texts),
  bearerTokenFiles: plain(textMap),
  includeLoopback: optional(booleanShape),
};
const postgresqlMetric = record('a metric: a map with name and query', {
  ...metric,
  query: plain(textShape),
  emptyValue: optional(numberShape),
});
const postgresql = {
  ...polling,
  connectionStringFile: plain(textShape),
  metrics: plain(listOf(postgresqlMetric)),
};
const sasl = record('a map with mechanism, usernameFile and passwordFile', {
  mechanism: plain(enumShape(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'], 'SCRAM-SHA-512')),
  usernameFile: plain(textShape),
  passwordFile: plain(textShape),
});
const tls = record('a map with caFile, certFile or keyFile', {
  caFile: plain(textShape),
  certFile: plain(textShape),
  keyFile: plain(textShape),
});
const kafkaMetric = record('a metric: a map with name and consumerGroup', {
  ...metric,
  consumerGroup: plain(textShape),
  topics: plain(texts),
  topicPattern: plain(textShape),
  partitions: plain(textShape),
  aggregate: optional(enumShape(['sum', 'max'], 'sum')),
  offsetResetPolicy: optional(enumShape(['latest', 'earliest'], 'latest')),
  isolation: optional(enumShape(['read_uncommitted', 'read_committed'], 'read_uncommitted')),
  lagThreshold: optional(numberShape),
});
const kafka = {
  ...polling,
  bootstrapServers: plain(texts),
  sasl: optional(sasl),
  tls: optional(tls),
  metrics: plain(listOf(kafkaMetric)),
};

/** One of `sources`. */
export const sourceShape: Shape<SourceValue> = record(
  'a source: a map with name and one of its kinds',
  {
    name: plain(textShape),
    prometheus: optional(record('a map with url', prometheus)),
    pods: optional(record('a map, maybe an empty one', pods)),
    postgresql: optional(record('a map with connectionStringFile and metrics', postgresql)),
    kafka: optional(record('a map with bootstrapServers and metrics', kafka)),
  },
);

/** A source that nothing is wrong with, with the units of times in their names. */
export function sourceConfigOf(source: SourceValue, place: Place): SourceConfig {
  const { name, prometheus, pods, postgresql, kafka } = source;
  return {
    ...{ name, place },
    ...(prometheus && { prometheus: withUnits(prometheus) }),
    ...(pods && { pods: withUnits(pods) }),
    ...(postgresql && { postgresql: withUnits(postgresql) }),
    ...(kafka && { kafka: withUnits(kafka) }),
  };
}

function withUnits<T extends Times>(value: T): Omit<T, keyof Times> & PollingConfig {
  const { interval, timeout, staleAfter, ...rest } = value;
  return {
    ...rest,
    ...(interval !== undefined && { intervalMs: interval }),
    ...(timeout !== undefined && { timeoutMs: timeout }),
    ...(staleAfter !== undefined && { staleAfterMs: staleAfter }),
  };
}
