import { BellowsError, Selector, type Place } from '@bellows/core';
import type { AdapterConfig } from '../config/discovery-rule.ts';
import type { MetricNamer } from '../naming/metric-namer.ts';
import { isClusterScoped } from '../naming/resource-converter.ts';
import {
  formatGroupResource,
  type GroupResource,
  type ResourceMapper,
} from '../naming/resource-mapper.ts';
import { prepareRules, type PreparedRule } from '../rules/prepare-rules.ts';
import { formatMatcher, readSeriesSelector, unmetMatcher } from './series-selector.ts';

/** Where a series' metric can be asked for, and what Prometheus is asked then. */
export interface ServedMetric {
  /** Path on the API server. */
  readonly path: string;
  /** PromQL, as of a request for that path. */
  readonly query: string;
}

/** What one rule makes of a series. */
export interface RuleVerdict {
  /** Such as `rules[3]`. */
  readonly part: string;
  /** Where the rule stands. */
  readonly place: Place;
  /** Why it does not take the series, or makes nothing of it; undefined: it takes it. */
  readonly refusal?: string;
  /** Name of the metric; undefined: there is none. */
  readonly metric?: string;
  /** Where it can be asked for. Empty: nowhere. */
  readonly served: readonly ServedMetric[];
}

const EVERYTHING = Selector.of([]);

/**
 * What each rule makes of one series: whether it takes it and if not why, what the metric is called, under which paths it appears, which
 * PromQL is asked.
 *
 * @param series - Name and labels as PromQL writes them: `http_requests_total{namespace="shop",pod="web-1"}`.
 * @param mapper - The resources that labels may name.
 * @throws BellowsError `ERR_ADAPTER_QUERY` when the series is not one.
 */
export function explainSeries(
  series: string,
  config: AdapterConfig,
  mapper: ResourceMapper,
): readonly RuleVerdict[] {
  const labels = readSeries(series);
  const surroundings = { mapper, escaping: 'regexp', hasBackend: () => true } as const;
  const custom = prepareRules('rules', config.rules, surroundings);
  const external = prepareRules('externalRules', config.externalRules, surroundings);
  return [
    ...custom.map((rule) => explainRule(rule, labels, servedObjects)),
    ...external.map((rule) => explainRule(rule, labels, servedExternal)),
  ];
}

type Labels = Readonly<Record<string, string>>;
type Served = (namer: MetricNamer, metric: string, labels: Labels) => ServedMetric[];

function readSeries(series: string): Labels {
  const matchers = readSeriesSelector(series);
  const inexact = matchers.find(({ operator }) => operator !== '=');
  const labels = Object.fromEntries(matchers.map(({ label, value }) => [label, value]));
  if (inexact === undefined && labels['__name__'] !== undefined) return labels;
  const got = inexact === undefined ? 'one without a name' : formatMatcher(inexact);
  throw new BellowsError('ERR_ADAPTER_QUERY', `Expected one series with its labels, got ${got}`, {
    remedy: 'Write it such as http_requests_total{namespace="shop",pod="web-1"}.',
  });
}

function explainRule(
  { part, rule, namer, problem }: PreparedRule,
  labels: Labels,
  servedBy: Served,
): RuleVerdict {
  const verdict = { part, place: rule.place, served: [] };
  if (namer === undefined) return { ...verdict, refusal: problem?.message ?? 'it cannot be used' };
  const name = labels['__name__'] ?? '';
  try {
    const unmet = unmetMatcher(readSeriesSelector(rule.seriesQuery), labels);
    if (unmet !== undefined)
      return { ...verdict, refusal: `seriesQuery asks for ${formatMatcher(unmet)}` };
    if (!namer.takes(name))
      return { ...verdict, refusal: `seriesFilters or name.matches leave ${name} out` };
    const metric = namer.nameOf(name);
    if (metric === undefined) return { ...verdict, refusal: `name.matches does not match ${name}` };
    const served = servedBy(namer, metric, labels);
    if (served.length > 0) return { ...verdict, metric, served };
    return { ...verdict, metric, refusal: 'no label names a resource, as resources says' };
  } catch (error) {
    if (!BellowsError.is(error)) throw error;
    return { ...verdict, refusal: error.message };
  }
}

function servedObjects(namer: MetricNamer, metric: string, labels: Labels): ServedMetric[] {
  const labelNames = Object.keys(labels).filter((label) => label !== '__name__');
  const { resources, namespaced } = namer.converter.resourcesOf(labelNames);
  const namespaceLabel = namer.converter.labelOf({ group: '', resource: 'namespaces' });
  const namespace = labels[namespaceLabel ?? ''] ?? '';
  return resources.map((resource) => {
    const label = namer.converter.labelOf(resource) ?? '';
    const object = labels[label] ?? '';
    const isNamespaced = namespaced && !isClusterScoped(resource);
    const within = isNamespaced ? namespace : '';
    const query = namer.queryObjects({
      ...{ series: labels['__name__'] ?? '', resource, selector: EVERYTHING },
      ...{ namespace: within, names: [object] },
    });
    return { path: objectPath(resource, { namespace: within, object, metric }), query };
  });
}

function objectPath(
  resource: GroupResource,
  {
    namespace,
    object,
    metric,
  }: { readonly namespace: string; readonly object: string; readonly metric: string },
): string {
  const base = '/apis/custom.metrics.k8s.io/v1beta2';
  if (resource.group === '' && resource.resource === 'namespaces') {
    return `${base}/namespaces/${object}/metrics/${metric}`;
  }
  const within = namespace === '' ? '' : `/namespaces/${namespace}`;
  return `${base}${within}/${formatGroupResource(resource)}/${object}/${metric}`;
}

function servedExternal(namer: MetricNamer, metric: string, labels: Labels): ServedMetric[] {
  const namespaceLabel = namer.converter.labelOf({ group: '', resource: 'namespaces' });
  const namespace = labels[namespaceLabel ?? 'namespace'] ?? 'default';
  const isNamespaced = namer.rule.resources.namespaced ?? true;
  const query = namer.queryExternal({
    ...{ series: labels['__name__'] ?? '', selector: EVERYTHING },
    namespace: isNamespaced ? namespace : '',
  });
  return [
    { path: `/apis/external.metrics.k8s.io/v1beta1/namespaces/${namespace}/${metric}`, query },
  ];
}
