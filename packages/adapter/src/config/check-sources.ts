import { validateHeaderName, validateHeaderValue } from 'node:http';
import { dns1123LabelProblems } from '@bellows/core';
import { FieldPath, type ObjectReport } from '@bellows/manifest/reading';
import { checkKafka, checkPostgresql } from './check-polled-source.ts';
import { checkTimes } from './check-times.ts';
import type { ConfigValue } from './config-shape.ts';
import { SOURCE_KINDS, type SourceValue } from './source-shape.ts';

const MAX_SOURCES = 100;

/** Reports what is wrong with `sources`. */
export function checkSources(sources: readonly SourceValue[], report: ObjectReport): void {
  const at = FieldPath.root.child('sources');
  if (sources.length > MAX_SOURCES) {
    report.reject(at, `Expected at most ${MAX_SOURCES} sources, got ${sources.length}`);
  }
  const seen = new Set<string>();
  for (const [index, source] of sources.entries()) {
    const path = at.index(index);
    report.invalid(path.child('name'), source.name, dns1123LabelProblems(source.name));
    if (seen.has(source.name)) {
      report.reject(
        path.child('name'),
        `There is a source named ${source.name} already`,
        'Give it another name.',
      );
    }
    seen.add(source.name);
    checkKind(source, path, report);
  }
}

/** Reports rules whose backend is no Prometheus among the sources. */
export function checkBackends(config: ConfigValue, report: ObjectReport): void {
  const { sources = [] } = config;
  for (const key of ['rules', 'externalRules'] as const) {
    for (const [index, { backend }] of config[key].entries()) {
      if (backend === undefined) continue;
      const path = FieldPath.root.child(key).index(index).child('backend');
      const found = sources.find(({ name }) => name === backend);
      if (found?.prometheus !== undefined) continue;
      const known = sources
        .filter(({ prometheus }) => prometheus !== undefined)
        .map(({ name }) => name);
      const is = found === undefined ? 'is among the sources' : 'is a prometheus';
      report.reject(
        path,
        `Nothing named ${JSON.stringify(backend)} ${is}`,
        known.length === 0
          ? 'Add it to sources with prometheus: {url: …}.'
          : `Name one of ${known.join(', ')}, or leave it out for that of the command line.`,
      );
    }
  }
}

function checkKind(source: SourceValue, path: FieldPath, report: ObjectReport): void {
  const kinds = SOURCE_KINDS.filter((kind) => source[kind] !== undefined);
  if (kinds.length !== 1) {
    report.reject(
      path,
      `Expected one of ${SOURCE_KINDS.join(', ')}, got ${kinds.join(' and ') || 'none'}`,
      kinds.length === 0 ? 'Say what it is, such as pods: {}.' : 'Make a source of each.',
    );
  }
  const { prometheus, pods, postgresql, kafka } = source;
  if (prometheus) checkPrometheus(prometheus, path.child('prometheus'), report);
  if (pods) checkPods(pods, path.child('pods'), report);
  if (postgresql) checkPostgresql(postgresql, path.child('postgresql'), report);
  if (kafka) checkKafka(kafka, path.child('kafka'), report);
}

function checkPrometheus(
  { url, headers, tenantHeader, timeout }: NonNullable<SourceValue['prometheus']>,
  path: FieldPath,
  report: ObjectReport,
): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    const remedy = 'Write it such as http://prometheus.monitoring.svc:9090.';
    report.reject(
      path.child('url'),
      `Expected a URL of http or https, got ${url.slice(0, 100)}`,
      remedy,
    );
  } else if (parsed.username !== '' || parsed.password !== '') {
    report.reject(
      path.child('url'),
      'A URL holds no user or password',
      'Mount a token, and name its file in tokenFile.',
    );
  }
  for (const [name, value] of Object.entries(headers)) {
    if (!isHeader(name, value))
      report.reject(path.child('headers').key(name), 'No HTTP header can be this');
  }
  if (tenantHeader !== '' && !isHeader(tenantHeader, 'x')) {
    report.reject(
      path.child('tenantHeader'),
      'No HTTP header has this name',
      'Name one such as X-Scope-OrgID.',
    );
  }
  checkTimes({ ...(timeout !== undefined && { timeout }) }, path, report);
}

function checkPods(
  pods: NonNullable<SourceValue['pods']>,
  path: FieldPath,
  report: ObjectReport,
): void {
  checkTimes(pods, path, report);
  for (const [index, namespace] of pods.namespaces.entries()) {
    report.invalid(
      path.child('namespaces').index(index),
      namespace,
      dns1123LabelProblems(namespace),
    );
  }
  for (const [namespace, file] of Object.entries(pods.bearerTokenFiles)) {
    const at = path.child('bearerTokenFiles').key(namespace);
    report.invalid(at, namespace, dns1123LabelProblems(namespace));
    if (file === '') report.require(at, '', 'Name the file that holds the token.');
  }
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
