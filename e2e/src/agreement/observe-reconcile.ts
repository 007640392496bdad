import {
  clientWords,
  observeMetric,
  observePod,
  observeScale,
  type ApiHpa,
  type ApiMetricValue,
  type ApiPod,
  type ApiPodMetrics,
  type ApiRefusal,
  type ApiScale,
  type HpaObservation,
  type MetricReading,
  type MetricSpec,
} from '@bellows/hpa';
import { parseLabelSelector } from '@bellows/core';
import type { Reconcile } from './controller-recording.ts';
import type { Exchange } from './recording-proxy.ts';

/** What the controller's client says of custom metrics without a request: which of the two, it knows by discovery, which it remembers. */
const WITHOUT_REQUEST = [
  'no known available metric versions found',
  'no custom metrics API (custom.metrics.k8s.io) registered',
] as const;

/** What the controller was given in a reconcile, as `decide` takes it. */
export function observeReconcile(
  { scale, metrics, statusWrite }: Reconcile,
  { spec, status }: Pick<ApiHpa, 'spec' | 'status'>,
  pods: readonly ApiPod[],
): HpaObservation {
  const reading = scaleReading(scale);
  const selector = 'error' in reading ? '' : reading.selector;
  const selected = selector === '' ? undefined : parseLabelSelector(selector);
  const left = [...metrics];
  const told = JSON.stringify((statusWrite ?? status)?.conditions ?? []);
  const words = WITHOUT_REQUEST.find((text) => told.includes(text)) ?? WITHOUT_REQUEST[0];
  return {
    scale: reading,
    pods: pods
      .filter(({ metadata }) => selected?.matches(metadata.labels ?? {}) ?? false)
      .map(observePod),
    metrics: (spec.metrics ?? []).map((metric) => metricReading(metric, left, words)),
  };
}

function scaleReading(scale: Exchange | undefined): HpaObservation['scale'] {
  if (scale === undefined) return { error: 'not answered' };
  return scale.status === 200
    ? observeScale(JSON.parse(scale.body) as ApiScale)
    : { error: clientWords(refusalOf(scale), 'get scale') };
}

/** Takes the answers of a metric off those that are left: the last one where its client asked again. */
function metricReading(spec: MetricSpec, left: Exchange[], withoutRequest: string): MetricReading {
  const { pattern, request } = requestOf(spec);
  let answer: Exchange | undefined;
  while (left[0] !== undefined && pattern.test(left[0].path) && isAskedAgain(answer)) {
    answer = left.shift();
  }
  if (answer === undefined) return { kind: 'failed', error: withoutRequest };
  if (answer.status !== 200) {
    return { kind: 'failed', error: clientWords(refusalOf(answer), request) };
  }
  const { items } = JSON.parse(answer.body) as {
    readonly items?: readonly ApiPodMetrics[] | readonly ApiMetricValue[] | null;
  };
  return observeMetric(spec, items ?? []);
}

/** client-go asks again after 429 and errors of the server that say when. */
function isAskedAgain(answer: Exchange | undefined): boolean {
  return answer === undefined || answer.status === 429 || answer.status >= 500;
}

function requestOf(spec: MetricSpec): { readonly pattern: RegExp; readonly request: string } {
  const escaped = (name = ''): string => name.replaceAll(/[^\w]/g, String.raw`\$&`);
  switch (spec.type) {
    case 'Resource':
    case 'ContainerResource':
      return { pattern: /^\/apis\/metrics\.k8s\.io\//, request: 'get pods.metrics.k8s.io' };
    case 'External': {
      const name = spec.external?.metric.name;
      return {
        pattern: new RegExp(`^/apis/external\\.metrics\\.k8s\\.io/.*/${escaped(name)}$`),
        request: `get ${name ?? ''}.external.metrics.k8s.io`,
      };
    }
    case 'Pods':
    case 'Object': {
      const name = (spec.pods ?? spec.object)?.metric.name;
      return {
        pattern: new RegExp(`^/apis/custom\\.metrics\\.k8s\\.io/.*/${escaped(name)}$`),
        request: 'get pods.custom.metrics.k8s.io *',
      };
    }
  }
}

/** A refusal as client-go reads it: a `Status`, or a page that is none. */
export function refusalOf({ status, body }: Pick<Exchange, 'status' | 'body'>): ApiRefusal {
  try {
    const { reason = '', message = '' } = JSON.parse(body) as Partial<ApiRefusal>;
    return { code: status, reason, message };
  } catch {
    return { code: status, reason: '', message: body.trim() };
  }
}
