import { parseGoDuration, selectorFromLabelSelector } from '@bellows/core';
import type {
  FailedReading,
  MetricIdentifier,
  MetricReading,
  MetricSpec,
  ObjectReference,
  PodUsage,
} from '@bellows/hpa';
import {
  discoverResource,
  preferredVersion,
  type KubernetesClient,
  type KubernetesObject,
} from '@bellows/kubernetes';
import { timeMs } from './api-objects.ts';
import { controllerWords } from './controller-words.ts';

/** Where a metric is read. */
export interface MetricPlace {
  readonly client: KubernetesClient;
  /** The HPA's namespace. */
  readonly namespace: string;
  /** The selector of the target's scale, as text. */
  readonly selector: string;
}

interface ApiPodMetrics extends KubernetesObject {
  readonly timestamp?: string;
  readonly window?: string;
  readonly containers?: readonly {
    readonly name: string;
    readonly usage?: Readonly<Record<string, string>>;
  }[];
}

interface ApiMetricValue {
  readonly describedObject?: { readonly name?: string };
  readonly value: string;
  readonly timestamp?: string;
  readonly windowSeconds?: number | null;
}

interface ApiMetricValueList {
  readonly items?: readonly ApiMetricValue[] | null;
}

const CUSTOM = 'custom.metrics.k8s.io';
const EXTERNAL = 'external.metrics.k8s.io';
/** What the controller's client says while nobody serves custom metrics. */
const NO_CUSTOM_METRICS = 'no known available metric versions found';

/**
 * Reads one metric as the HPA controller would: the same API, selectors and version.
 *
 * @throws BellowsError when this user may not, or the API server cannot be reached.
 */
export async function readMetric(place: MetricPlace, spec: MetricSpec): Promise<MetricReading> {
  switch (spec.type) {
    case 'Resource':
      return readResource(place, spec.resource?.name ?? '');
    case 'ContainerResource':
      return readResource(place, spec.containerResource?.name ?? '');
    case 'Pods':
      return readPods(place, spec.pods?.metric);
    case 'Object':
      return readObject(place, spec.object);
    case 'External':
      return readExternal(place, spec.external?.metric);
  }
}

async function readResource(place: MetricPlace, resource: string): Promise<MetricReading> {
  const { client, namespace, selector } = place;
  const path = `/apis/metrics.k8s.io/v1beta1/namespaces/${encodeURIComponent(namespace)}/pods`;
  try {
    const { items } = await client.list<ApiPodMetrics>(path, { labelSelector: selector });
    return { kind: 'resource', pods: items.map((item) => podUsage(item, resource)) };
  } catch (error) {
    return { kind: 'failed', error: controllerWords(error, 'get pods.metrics.k8s.io') };
  }
}

function podUsage(item: ApiPodMetrics, resource: string): PodUsage {
  return {
    pod: item.metadata.name,
    atMs: timeMs(item.timestamp) ?? 0,
    windowMs: windowMs(item.window),
    containers: (item.containers ?? []).map(({ name, usage }) => {
      const used = usage?.[resource];
      return used === undefined ? { name } : { name, usage: used };
    }),
  };
}

function windowMs(window: string | undefined): number {
  return window === undefined ? 0 : Number(parseGoDuration(window)) / 1e6;
}

async function readPods(
  place: MetricPlace,
  metric: MetricIdentifier | undefined,
): Promise<MetricReading> {
  const read = await readCustom(place, 'pods/*', metric, place.selector);
  if (!Array.isArray(read)) return read;
  const values = read.map((item) => ({
    pod: item.describedObject?.name ?? '',
    value: item.value,
    atMs: timeMs(item.timestamp) ?? 0,
    ...(typeof item.windowSeconds === 'number' && { windowMs: item.windowSeconds * 1000 }),
  }));
  return { kind: 'pods', values };
}

async function readObject(
  place: MetricPlace,
  source: MetricSpec['object'],
): Promise<MetricReading> {
  const described = source?.describedObject;
  const path = described && (await objectPath(place.client, described));
  if (path === undefined) {
    return { kind: 'failed', error: `no matches for kind "${described?.kind ?? ''}"` };
  }
  const read = await readCustom(place, path, source?.metric);
  if (!Array.isArray(read)) return read;
  const [first] = read;
  if (first === undefined)
    return { kind: 'failed', error: 'no metrics returned from custom metrics API' };
  const atMs = timeMs(first.timestamp);
  return { kind: 'object', value: first.value, ...(atMs !== null && { atMs }) };
}

/** A metric of a Namespace is one of the HPA's own, whatever the reference's name. */
async function objectPath(
  client: KubernetesClient,
  described: ObjectReference,
): Promise<string | undefined> {
  const { kind, apiVersion = 'v1', name } = described;
  if (kind === 'Namespace' && apiVersion === 'v1') return 'metrics';
  const found = await discoverResource(client, described);
  if (found === undefined) return undefined;
  const { resource, group } = found;
  return `${resource}${group === '' ? '' : `.${group}`}/${encodeURIComponent(name)}`;
}

async function readCustom(
  { client, namespace }: MetricPlace,
  objects: string,
  metric: MetricIdentifier | undefined,
  labelSelector?: string,
): Promise<ApiMetricValue[] | FailedReading> {
  const version = await preferredVersion(client, CUSTOM);
  if (version === undefined) return { kind: 'failed', error: NO_CUSTOM_METRICS };
  const name = metric?.name ?? '';
  const path = `/apis/${CUSTOM}/${version}/namespaces/${encodeURIComponent(namespace)}/${objects}/${encodeURIComponent(name)}`;
  try {
    const query = { labelSelector, metricLabelSelector: selectorText(metric) };
    const { items } = await client.get<ApiMetricValueList>(path, query);
    return [...(items ?? [])];
  } catch (error) {
    const [resource] = objects.split('/');
    return {
      kind: 'failed',
      error: controllerWords(
        error,
        `get ${resource ?? ''}.${CUSTOM} ${objects.includes('*') ? '*' : ''}`,
      ),
    };
  }
}

async function readExternal(
  { client, namespace }: MetricPlace,
  metric: MetricIdentifier | undefined,
): Promise<MetricReading> {
  const name = metric?.name ?? '';
  const path = `/apis/${EXTERNAL}/v1beta1/namespaces/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
  try {
    const { items } = await client.get<ApiMetricValueList>(path, {
      labelSelector: selectorText(metric),
    });
    const times = (items ?? []).map(({ timestamp }) => timeMs(timestamp) ?? Number.NaN);
    const oldestMs = Math.min(...times);
    return {
      kind: 'external',
      series: (items ?? []).map(({ value }) => value),
      ...(Number.isFinite(oldestMs) && { atMs: oldestMs }),
    };
  } catch (error) {
    return { kind: 'failed', error: controllerWords(error, `get ${name}.${EXTERNAL}`) };
  }
}

/** An absent selector selects every series; a wrong one is refused by `decide` before its reading matters. */
function selectorText(metric: MetricIdentifier | undefined): string | undefined {
  if (metric?.selector === undefined) return undefined;
  try {
    return selectorFromLabelSelector(metric.selector).toString() || undefined;
  } catch {
    return undefined;
  }
}
