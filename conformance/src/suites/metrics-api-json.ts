import {
  encodeJson,
  externalMetricValueList,
  metricValueList,
  nodeMetrics,
  nodeMetricsList,
  podMetrics,
  podMetricsList,
  type CustomMetricsVersion,
  type ExternalMetricValue,
  type MetricValue,
  type PodMetrics,
  type ResourceUsage,
} from '@bellows/adapter';
import { parseGoDuration, Quantity, type LabelSelector } from '@bellows/core';
import { compareAnswers } from '../compare-answers.ts';
import { formError } from '../form-error.ts';
import { text } from '../line-fields.ts';
import type { CheckResult, Suite } from '../suite.ts';
import { recordedStatus } from './metrics-api-status.ts';

type Line = Readonly<Record<string, unknown>>;

/** An item as the recorder was given it. */
interface Item {
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly apiVersion: string;
  readonly uid?: string;
  readonly metric: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly selector?: LabelSelector;
  readonly timeMs?: number;
  readonly createdMs?: number;
  readonly window?: number;
  readonly milli?: string;
  readonly value?: string;
}

interface Measured extends Omit<Item, 'window'> {
  readonly window: string;
  readonly nilContainers?: boolean;
  readonly usage: readonly { name?: string; cpuMilli?: string; memoryMilli?: string }[] | null;
}

/** Bodies of the metrics APIs and their errors: see `vectors/formats/README.md`. Compared byte by byte. */
export const metricsApiJsonSuite: Suite = {
  name: 'metrics-api-json',
  about: 'bodies and errors of the custom, external and resource metrics APIs',
  files: ['formats/metrics-api-json.jsonl'],
  open: () => checkLine,
};

function checkLine(line: Line): CheckResult {
  const json = text(line, 'json');
  if (line['k'] === 'status') {
    const { code, body } = recordedStatus(line);
    return compareAnswers({ code: line['code'], json }, { code, json: encodeJson(body) });
  }
  if (line['k'] !== 'object') throw formError('k to be object or status', line['k']);
  const body = bodyOf(line);
  return compareAnswers({ json }, { json: encodeJson(body, line['pretty'] === true) });
}

function bodyOf(line: Line): object {
  const type = text(line, 'type');
  const version = text(line, 'gv').split('/')[1] as CustomMetricsVersion;
  if (type === 'MetricValueList' || type === 'ExternalMetricValueList') {
    const { items, nilItems, ...metadata } = line['in'] as { items: Item[]; nilItems?: boolean };
    const list =
      type === 'MetricValueList'
        ? metricValueList(version, items.map(metricValue), metadata)
        : externalMetricValueList(items.map(withEmptyLabels(line)).map(externalValue), metadata);
    // A list of ours is never nil, which only a program in Go tells from an empty one.
    return nilItems === true ? { ...list, items: null } : list;
  }
  const measured = ((line['in'] ?? []) as Measured[]).map(podOf);
  const [first] = measured;
  if (type === 'PodMetricsList') return podMetricsList(measured);
  if (type === 'NodeMetricsList') return nodeMetricsList(measured.map(nodeOf));
  if (first === undefined) throw formError('in to hold an object', line['in']);
  const isPod = type === 'PodMetrics';
  const body = isPod ? podMetrics(first) : nodeMetrics(nodeOf(first));
  const isNil = (line['in'] as Measured[])[0]?.nilContainers === true;
  return isNil ? { ...body, [isPod ? 'containers' : 'usage']: null } : body;
}

/** The recorder left an empty map of labels out of its input, though not out of the answer. */
function withEmptyLabels(line: Line): (item: Item) => Item {
  const isEmpty = text(line, 'json').includes('"metricLabels":{}');
  return (item) => (isEmpty ? { labels: {}, ...item } : item);
}

function quantity({ milli, value }: Item): Quantity {
  if (milli !== undefined) return Quantity.fromMilli(BigInt(milli));
  return value === undefined ? Quantity.fromMilli(0n) : Quantity.parse(value);
}

function times({ timeMs, window }: Item): { timestampMs?: number; windowSeconds?: number } {
  return {
    ...(timeMs !== undefined && { timestampMs: timeMs }),
    ...(window !== undefined && { windowSeconds: window }),
  };
}

function metricValue(item: Item): MetricValue {
  const { kind, namespace = '', name = '', apiVersion, uid, metric, selector } = item;
  return {
    object: { kind, namespace, name, apiVersion, ...(uid !== undefined && { uid }) },
    metric,
    ...(selector !== undefined && { selector }),
    ...times(item),
    value: quantity(item),
  };
}

function externalValue(item: Item): ExternalMetricValue {
  const { metric, labels } = item;
  return { metric, ...(labels && { labels }), ...times(item), value: quantity(item) };
}

function podOf(one: Measured): PodMetrics {
  const { name = '', namespace = '', labels = {}, createdMs, timeMs, window, usage } = one;
  return {
    name,
    namespace,
    labels,
    ...(createdMs !== undefined && { createdMs }),
    ...(timeMs !== undefined && { timestampMs: timeMs }),
    windowNs: parseGoDuration(window),
    containers: (usage ?? []).map((container) => ({
      name: container.name ?? '',
      usage: usageOf(container),
    })),
  };
}

function nodeOf({ containers, ...node }: PodMetrics): Parameters<typeof nodeMetrics>[0] {
  return { ...node, usage: containers[0]?.usage ?? {} };
}

function usageOf({ cpuMilli, memoryMilli }: NonNullable<Measured['usage']>[number]): ResourceUsage {
  return {
    ...(cpuMilli !== undefined && { cpu: Quantity.fromMilli(BigInt(cpuMilli)) }),
    ...(memoryMilli !== undefined && {
      memory: Quantity.fromMilli(BigInt(memoryMilli), 'BinarySI'),
    }),
  };
}
