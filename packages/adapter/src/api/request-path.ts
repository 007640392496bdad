import { parseGroupResource } from '../naming/resource-mapper.ts';
import type { ApiPath } from './api-path.ts';
import { CUSTOM_METRICS_VERSIONS, type CustomMetricsVersion } from './metric-value-list.ts';

const UNKNOWN: ApiPath = { kind: 'unknown' };
const METRIC_NAME = /^[A-Za-z_:][A-Za-z0-9_:.-]*$/;
/** Names of objects and namespaces go into queries and paths: no more than Kubernetes lets them be. */
const OBJECT_NAME = /^[A-Za-z0-9][A-Za-z0-9.:_-]{0,252}$/;
const RESOURCE = /^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$/;

/**
 * Reads a path. Each segment is percent-decoded once, after the path was split.
 *
 * @param pathname - Of the request's URL, without its query.
 * @see kubernetes-sigs/custom-metrics-apiserver v1.37.0 pkg/apiserver/installer/cmhandlers.go, exmhandlers.go
 */
export function parseApiPath(pathname: string): ApiPath {
  const segments = decodeSegments(pathname);
  if (segments?.[0] !== 'apis') return UNKNOWN;
  const [, group, version, ...rest] = segments;
  if (group === undefined) return { kind: 'groups' };
  if (version === undefined) return { kind: 'group', group };
  if (rest.length === 0) return { kind: 'resources', group, version };
  switch (group) {
    case 'custom.metrics.k8s.io': {
      const known = CUSTOM_METRICS_VERSIONS.find((one) => one === version);
      return known === undefined ? UNKNOWN : customPath(known, rest);
    }
    case 'external.metrics.k8s.io':
      return version === 'v1beta1' ? externalPath(rest) : UNKNOWN;
    case 'metrics.k8s.io':
      return version === 'v1beta1' ? resourcePath(rest) : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

/** Segments without the empty ones at both ends, or undefined for a path that cannot be decoded. */
function decodeSegments(pathname: string): string[] | undefined {
  try {
    return pathname
      .replace(/^\/|\/$/g, '')
      .split('/')
      .map((segment) => decodeURIComponent(segment));
  } catch {
    return undefined;
  }
}

function customPath(version: CustomMetricsVersion, segments: readonly string[]): ApiPath {
  const [first = '', namespace = '', resource = '', name = '', metric = ''] = segments;
  if (first !== 'namespaces') {
    return segments.length === 3
      ? customMetric(version, '', [first, namespace, resource])
      : UNKNOWN;
  }
  // What describes a namespace itself.
  if (segments.length === 4 && resource === 'metrics') {
    return customMetric(version, '', ['namespaces', namespace, name]);
  }
  if (segments.length !== 5 || !OBJECT_NAME.test(namespace)) return UNKNOWN;
  return customMetric(version, namespace, [resource, name, metric]);
}

function customMetric(
  version: CustomMetricsVersion,
  namespace: string,
  [resource, name, metric]: readonly [resource: string, name: string, metric: string],
): ApiPath {
  const isName = name === '*' || OBJECT_NAME.test(name);
  if (!RESOURCE.test(resource) || !isName || !METRIC_NAME.test(metric)) return UNKNOWN;
  return {
    kind: 'custom',
    version,
    resource: parseGroupResource(resource),
    namespace,
    name,
    metric,
  };
}

function externalPath(segments: readonly string[]): ApiPath {
  const [first, namespace = '', metric = ''] = segments;
  const isWhole = segments.length === 3 && first === 'namespaces';
  if (!isWhole || !OBJECT_NAME.test(namespace) || !METRIC_NAME.test(metric)) return UNKNOWN;
  return { kind: 'external', namespace, metric };
}

function resourcePath(segments: readonly string[]): ApiPath {
  const isNamespaced = segments[0] === 'namespaces';
  const [namespace = '', resource, name = '', ...more] = isNamespaced
    ? segments.slice(1)
    : ['', ...segments];
  const isKnown = resource === 'pods' || (resource === 'nodes' && !isNamespaced);
  if (!isKnown || more.length > 0) return UNKNOWN;
  // A pod is named with its namespace.
  if (name !== '' && (resource === 'pods') !== isNamespaced) return UNKNOWN;
  if ((namespace !== '' || isNamespaced) && !OBJECT_NAME.test(namespace)) return UNKNOWN;
  if (name !== '' && !OBJECT_NAME.test(name)) return UNKNOWN;
  return { kind: 'resource', resource, namespace, name };
}
