import {
  CustomMetricRegistry,
  ExternalMetricRegistry,
  formatGroupResource,
  MetricNamer,
  parseGroupResource,
  readAdapterConfig,
  ResourceMapper,
  type ApiResource,
  type DiscoveryRule,
  type SeriesShape,
} from '@bellows/adapter';
import { BellowsError, parseLabelSelector } from '@bellows/core';
import { compareAnswers } from '../compare-answers.ts';
import type { Answer } from '../expected-answer.ts';
import { formError } from '../form-error.ts';
import { text } from '../line-fields.ts';
import type { CheckLine, CheckResult, Suite } from '../suite.ts';
import { checkAdapterValue } from './adapter-value.ts';

type Line = Readonly<Record<string, unknown>>;

/** What the lines of one file share. */
interface Cluster {
  mapper: ResourceMapper;
  store: readonly SeriesShape[];
  readonly configs: Map<string, Registries>;
}

interface Registries {
  readonly custom: CustomMetricRegistry;
  readonly external: ExternalMetricRegistry;
}

/**
 * prometheus-adapter's configuration: the metrics it lists and the queries it makes, as `strict`
 * compatibility makes them. Of errors only that there is one, and at which stage.
 */
export const adapterNamingSuite: Suite = {
  name: 'adapter-naming',
  about: "prometheus-adapter's configuration: listed metrics and their PromQL",
  files: ['formats/adapter-naming.jsonl'],
  open: createCheck,
};

function createCheck(): CheckLine {
  const cluster: Cluster = { mapper: new ResourceMapper([]), store: [], configs: new Map() };
  return (line) => {
    switch (line['k']) {
      case 'discovery':
        cluster.mapper = new ResourceMapper(line['resources'] as ApiResource[]);
        return 'no case';
      case 'store':
        cluster.store = readStore(line);
        return 'no case';
      case 'config':
        return checkConfig(line, cluster);
      case 'query':
        return checkQuery(line, cluster);
      case 'external':
        return checkExternal(line, cluster);
      case 'value':
        return checkAdapterValue(line);
      default:
        throw formError('k to be one of the six kinds', line['k']);
    }
  };
}

function readStore(line: Line): SeriesShape[] {
  const series = line['series'] as { name: string; labels: Record<string, string> }[];
  return series.map(({ name, labels }) => ({ name, labelNames: Object.keys(labels) }));
}

function checkConfig(line: Line, cluster: Cluster): CheckResult {
  const { stage, custom, external } = line;
  const isRefused = line['error'] !== undefined;
  const expected = isRefused ? { stage } : { custom, external };
  return compareAnswers(expected, configAnswer(line, cluster));
}

function configAnswer(line: Line, cluster: Cluster): Answer {
  let stage = 'yaml';
  try {
    const config = readAdapterConfig({ file: 'config.yaml', text: text(line, 'yaml') });
    const series = (rules: readonly DiscoveryRule[]) =>
      rules.map((rule) => find(rule, line, cluster));
    stage = 'rules';
    const custom = new CustomMetricRegistry(cluster.mapper, series(config.rules), 'upstream');
    stage = 'externalRules';
    const external = new ExternalMetricRegistry(series(config.externalRules));
    cluster.configs.set(text(line, 'id'), { custom, external });
    return listed({ custom, external });
  } catch (error) {
    if (BellowsError.is(error)) return { stage };
    throw error;
  }
}

function find(
  rule: DiscoveryRule,
  line: Line,
  { mapper, store }: Cluster,
): { namer: MetricNamer; series: SeriesShape[] } {
  const namer = new MetricNamer(rule, mapper, 'none');
  const returned = (line['returned'] ?? {}) as Readonly<Record<string, number[]>>;
  const series = (returned[rule.seriesQuery] ?? []).flatMap((index) => store[index] ?? []);
  return { namer, series: series.filter(({ name }) => namer.takes(name)) };
}

function listed({ custom, external }: Registries): Answer {
  const metrics = custom.list().map(({ resource, namespaced, metric }) => ({
    resource: formatGroupResource(resource),
    namespaced,
    metric,
  }));
  const names = external.list();
  return {
    custom: metrics.length === 0 ? undefined : metrics,
    external: names.length === 0 ? undefined : names,
  };
}

function checkQuery(line: Line, cluster: Cluster): CheckResult {
  const { custom } = registriesOf(line, cluster);
  return compareAnswers(
    expectedQuery(line),
    queryAnswer(404, () =>
      custom.query({
        resource: parseGroupResource(text(line, 'resource')),
        metric: text(line, 'metric'),
        namespace: text(line, 'namespace'),
        names: (line['names'] ?? []) as string[],
        selector: parseLabelSelector(text(line, 'selector')),
      }),
    ),
  );
}

function checkExternal(line: Line, cluster: Cluster): CheckResult {
  const { external } = registriesOf(line, cluster);
  return compareAnswers(
    expectedQuery(line),
    queryAnswer(500, () =>
      external.query({
        metric: text(line, 'metric'),
        namespace: text(line, 'namespace'),
        selector: parseLabelSelector(text(line, 'selector')),
      }),
    ),
  );
}

function registriesOf(line: Line, { configs }: Cluster): Registries {
  const found = configs.get(text(line, 'config'));
  if (found === undefined) throw formError('config to be the id of a line before', line['config']);
  return found;
}

function expectedQuery({ query, status }: Line): Answer {
  return { query, status };
}

/** @param failure - The status that upstream answers when no query can be made. */
function queryAnswer(failure: number, query: () => string | undefined): Answer {
  try {
    const made = query();
    return made === undefined ? { status: 404 } : { query: made };
  } catch (error) {
    if (BellowsError.is(error)) return { status: failure };
    throw error;
  }
}
