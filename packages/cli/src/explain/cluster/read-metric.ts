import { selectorFromLabelSelector } from '@bellows/core';
import {
  observeMetric,
  type ApiMetricValue,
  type ApiPodMetrics,
  type FailedReading,
  type MetricIdentifier,
  type MetricReading,
  type MetricSpec,
  type ObjectReference,
} from '@bellows/hpa';
import {
  discoverResource,
  preferredVersion,
  type KubernetesClient,
  type KubernetesObject,
} from '@bellows/kubernetes';
import { controllerWords } from './controller-words.ts';

/** Where a metric is read. */
export interface MetricPlace {
  readonly client: KubernetesClient;
  /** The HPA's namespace. */
  readonly namespace: string;
  /** The selector of the target's scale, as text. */
  readonly selector: string;
}

interface ApiMetricValueList {
  readonly items?: readonly ApiMetricValue[] | null;
}

const CUSTOM = 'custom.metrics.k8s.io';
const EXTERNAL = 'external.metrics.k8s.io';
/** What the controller's client says while nobody serves custom metrics. */
const NO_CUSTOM_METRICS = 'no custom metrics API (custom.metrics.k8s.io) registered';

/**
 * Reads one metric as the HPA controller would: the same API, selectors and version.
 *
 * @throws BellowsError when this user may not, or the API server cannot be reached.
 */
export async function readMetric(place: MetricPlace, spec: MetricSpec): Promise<MetricReading> {
  const read = await readItems(place, spec);
  return Array.isArray(read) ? observeMetric(spec, read) : read;
}

type Items = ApiMetricValue[] | ApiPodMetrics[] | FailedReading;

async function readItems(place: MetricPlace, spec: MetricSpec): Promise<Items> {
  switch (spec.type) {
    case 'Resource':
    case 'ContainerResource':
      return readUsage(place);
    case 'Pods':
      return readCustom(place, 'pods/*', spec.pods?.metric, place.selector);
    case 'Object':
      return readObject(place, spec.object);
    case 'External':
      return readExternal(place, spec.external?.metric);
  }
}

async function readUsage({ client, namespace, selector }: MetricPlace): Promise<Items> {
  const path = `/apis/metrics.k8s.io/v1beta1/namespaces/${encodeURIComponent(namespace)}/pods`;
  try {
    const { items } = await client.list<ApiPodMetrics & KubernetesObject>(path, {
      labelSelector: selector,
    });
    return [...items];
  } catch (error) {
    return { kind: 'failed', error: controllerWords(error, 'get pods.metrics.k8s.io') };
  }
}

async function readObject(place: MetricPlace, source: MetricSpec['object']): Promise<Items> {
  const described = source?.describedObject;
  const path = described && (await objectPath(place.client, described));
  if (path === undefined) {
    return { kind: 'failed', error: `no matches for kind "${described?.kind ?? ''}"` };
  }
  return readCustom(place, path, source?.metric);
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
): Promise<Items> {
  const name = metric?.name ?? '';
  const path = `/apis/${EXTERNAL}/v1beta1/namespaces/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
  try {
    const { items } = await client.get<ApiMetricValueList>(path, {
      labelSelector: selectorText(metric),
    });
    return [...(items ?? [])];
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
