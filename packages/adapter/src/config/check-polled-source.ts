import { dns1123LabelProblems, labelKeyProblems, labelValueProblems } from '@bellows/core';
import type { FieldPath, ObjectReport } from '@bellows/manifest/reading';
import { parsePartitions } from '../kafka/partition-set.ts';
import { GoRegExp } from '../naming/go-regexp.ts';
import { checkTimes } from './check-times.ts';
import type { KafkaMetricConfig, PolledMetricConfig } from './source-config.ts';
import type { SourceValue } from './source-shape.ts';

const MAX_METRICS = 1_000;
const MAX_NAME_CHARACTERS = 200;
const MAX_QUERY_CHARACTERS = 10_000;
const METRIC_NAME = /^[A-Za-z_:][A-Za-z0-9_:.-]*$/;
/** @see apache/kafka 4.1.0 clients/src/main/java/org/apache/kafka/common/internals/Topic.java */
const TOPIC_NAME = /^[A-Za-z0-9._-]{1,249}$/;
const HOST_AND_PORT = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):(\d{1,5})$/;

/** Reports what is wrong with a source of kind PostgreSQL. */
export function checkPostgresql(
  source: NonNullable<SourceValue['postgresql']>,
  path: FieldPath,
  report: ObjectReport,
): void {
  if (source.connectionStringFile === '') {
    const remedy = 'Mount a Secret with postgres://… in it, and name the file.';
    report.require(path.child('connectionStringFile'), '', remedy);
  }
  checkTimes(source, path, report);
  checkMetrics(source.metrics, path.child('metrics'), report);
  for (const [index, { query }] of source.metrics.entries()) {
    const at = path.child('metrics').index(index).child('query');
    if (query.trim() === '') report.require(at, '', 'Write a SELECT of one row with one number.');
    if (query.length > MAX_QUERY_CHARACTERS) {
      report.reject(
        at,
        `Expected at most ${MAX_QUERY_CHARACTERS} characters`,
        'Make a view of it.',
      );
    }
  }
}

/** Reports what is wrong with a source of kind Kafka. */
export function checkKafka(
  source: NonNullable<SourceValue['kafka']>,
  path: FieldPath,
  report: ObjectReport,
): void {
  const { bootstrapServers, metrics } = source;
  if (bootstrapServers.length === 0) {
    report.require(path.child('bootstrapServers'), '', 'Write host:port of a broker.');
  }
  for (const [index, server] of bootstrapServers.entries()) {
    const port = Number(HOST_AND_PORT.exec(server)?.[1] ?? 0);
    if (port >= 1 && port <= 65_535) continue;
    const at = path.child('bootstrapServers').index(index);
    report.reject(at, `Expected host:port, got ${JSON.stringify(server.slice(0, 100))}`);
  }
  checkSecurity(source, path, report);
  checkTimes(source, path, report);
  checkMetrics(metrics, path.child('metrics'), report);
  for (const [index, metric] of metrics.entries()) {
    checkKafkaMetric(metric, path.child('metrics').index(index), report);
  }
}

function checkSecurity(
  { sasl, tls }: NonNullable<SourceValue['kafka']>,
  path: FieldPath,
  report: ObjectReport,
): void {
  if (sasl && (sasl.usernameFile === '' || sasl.passwordFile === '')) {
    report.require(
      path.child('sasl'),
      'usernameFile and passwordFile',
      'Mount a Secret, and name its files.',
    );
  }
  if (sasl?.mechanism === 'PLAIN' && tls === undefined) {
    const remedy = 'Add tls: {}, or use a SCRAM mechanism.';
    report.reject(path.child('sasl'), 'PLAIN without tls sends the password in the clear', remedy);
  }
  if (tls && (tls.certFile === '') !== (tls.keyFile === '')) {
    report.reject(path.child('tls'), 'certFile and keyFile come together', 'Name both, or none.');
  }
}

function checkKafkaMetric(
  { consumerGroup, topics, topicPattern, partitions, lagThreshold }: KafkaMetricConfig,
  path: FieldPath,
  report: ObjectReport,
): void {
  if (consumerGroup === '') report.require(path.child('consumerGroup'), '', 'Name the group.');
  for (const [index, topic] of topics.entries()) {
    if (TOPIC_NAME.test(topic)) continue;
    report.reject(
      path.child('topics').index(index),
      `No topic is named ${JSON.stringify(topic.slice(0, 250))}`,
    );
  }
  if (topics.length > 0 && topicPattern !== '') {
    report.reject(
      path.child('topicPattern'),
      'Topics come by name or by pattern',
      'Remove one of the two.',
    );
  }
  try {
    if (topicPattern !== '') new GoRegExp(topicPattern);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    report.reject(path.child('topicPattern'), `No expression of RE2: ${why}`);
  }
  if (parsePartitions(partitions) === undefined) {
    const problem = `Expected partitions such as 1,3-5, got ${JSON.stringify(partitions.slice(0, 100))}`;
    report.reject(path.child('partitions'), problem);
  }
  if (lagThreshold !== undefined && !(lagThreshold > 0)) {
    report.invalid(path.child('lagThreshold'), lagThreshold, ['must be above 0']);
  }
}

function checkMetrics(
  metrics: readonly PolledMetricConfig[],
  path: FieldPath,
  report: ObjectReport,
): void {
  if (metrics.length === 0) report.require(path, '', 'Say what is asked, or remove the source.');
  if (metrics.length > MAX_METRICS) {
    report.reject(path, `Expected at most ${MAX_METRICS} metrics, got ${metrics.length}`);
  }
  const seen = new Set<string>();
  for (const [index, metric] of metrics.entries()) {
    const at = path.index(index);
    const { name, namespaces, labels } = metric;
    if (!METRIC_NAME.test(name) || name.length > MAX_NAME_CHARACTERS) {
      const remedy = `Begin with a letter, go on with letters, digits, _ : . and -, ${MAX_NAME_CHARACTERS} at most.`;
      report.reject(
        at.child('name'),
        `No metric is named ${JSON.stringify(name.slice(0, 100))}`,
        remedy,
      );
    }
    const key = JSON.stringify([name, Object.entries(labels).sort(), [...namespaces].sort()]);
    if (seen.has(key)) {
      const remedy =
        'Give it a label that tells the two apart, or remove one: an autoscaler would add them up.';
      report.reject(at, `${name} is there already, with the same labels and namespaces`, remedy);
    }
    seen.add(key);
    for (const [place, namespace] of namespaces.entries()) {
      report.invalid(
        at.child('namespaces').index(place),
        namespace,
        dns1123LabelProblems(namespace),
      );
    }
    for (const [label, value] of Object.entries(labels)) {
      const problems = [...labelKeyProblems(label), ...labelValueProblems(value)];
      report.invalid(at.child('labels').key(label), value, problems);
    }
  }
}
