import type { ApiPath } from '../api/api-path.ts';
import { refusals } from '../api/refusals.ts';
import type { Source } from '../source/source.ts';
import { jsonAnswer, type Answer } from './answer.ts';
import type { ConcurrencyLimit } from './concurrency-limit.ts';
import { answerCustomMetric } from './custom-metric-answer.ts';
import type { Documents } from './documents.ts';
import { answerExternalMetric } from './external-metric-answer.ts';
import type { MetricAnswer } from './metric-answer.ts';
import type { ServerRequest } from './parse-request.ts';
import { NO_SUCH_PATH, Refusal } from './refusal.ts';
import { answerResourceMetric } from './resource-metric-answer.ts';
import type { MetricsApiGroup } from './served-groups.ts';

/** What requests are answered from. */
export interface RouteTargets {
  /** In the order they are asked in. */
  readonly sources: readonly Source[];
  /** What is served. */
  readonly groups: readonly MetricsApiGroup[];
  /** Lists of what there is. */
  readonly documents: Documents;
  /** How many metrics are read at the same time. */
  readonly reads: ConcurrencyLimit;
  /** The page of our own metrics, for a value of `Accept`. */
  readonly metrics: (accept: string) => Answer;
  /** Such as `1.2.3`. */
  readonly version: string;
}

/** An answer, and the source of what is in it; empty: none. */
export interface RoutedAnswer {
  /** What is sent. */
  readonly answer: Answer;
  /** Its name. */
  readonly source: string;
  /** Values below 0 that were made 0; undefined: none. */
  readonly clampedValues?: number;
}

const PATHS = [
  '/apis',
  '/healthz',
  '/livez',
  '/metrics',
  '/openapi/v2',
  '/openapi/v3',
  '/readyz',
  '/version',
];

/**
 * Answers a request of somebody who may ask.
 *
 * @throws Refusal or BellowsError, see `errorStatus`.
 */
export async function routeRequest(
  request: ServerRequest,
  api: ApiPath,
  targets: RouteTargets,
  signal: AbortSignal,
): Promise<RoutedAnswer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new Refusal({
      code: 405,
      reason: 'MethodNotAllowed',
      message: 'the server does not allow this method on the requested resource',
    });
  }
  const read = metricReader(api, request, targets);
  if (read === undefined) return { answer: documentOf(request, api, targets), source: '' };
  if (['1', 'true'].includes(request.query.get('watch') ?? '')) {
    throw new Refusal(refusals.badRequest('metrics cannot be watched'));
  }
  const leave = targets.reads.enter();
  if (leave === undefined) {
    throw new Refusal(refusals.tooManyRequests('too many requests, please try again later', 1));
  }
  try {
    const { body, ...about } = await read(signal);
    return { answer: jsonAnswer(body, request.pretty), ...about };
  } finally {
    leave();
  }
}

/** Undefined: the path is none of a metric. */
function metricReader(
  api: ApiPath,
  request: ServerRequest,
  { sources, groups }: RouteTargets,
): ((signal: AbortSignal) => Promise<MetricAnswer>) | undefined {
  switch (api.kind) {
    case 'custom':
      if (!groups.includes('custom.metrics.k8s.io')) return undefined;
      return (signal) => answerCustomMetric(api, request.query, sources, signal);
    case 'external':
      if (!groups.includes('external.metrics.k8s.io')) return undefined;
      return (signal) => answerExternalMetric(api, request.query, sources, signal);
    case 'resource':
      if (!groups.includes('metrics.k8s.io')) return undefined;
      return (signal) => answerResourceMetric(api, request, sources, signal);
    case 'groups':
    case 'group':
    case 'resources':
    case 'unknown':
      return undefined;
  }
}

function documentOf(request: ServerRequest, api: ApiPath, targets: RouteTargets): Answer {
  const { documents } = targets;
  if (api.kind === 'groups') return documents.groups(request.accept);
  if (api.kind === 'group') return documents.group(api.group);
  if (api.kind === 'resources') return documents.resources(api.group, api.version);
  switch (request.path) {
    case '/':
      return jsonAnswer({ paths: PATHS }, request.pretty);
    case '/version':
      return jsonAnswer(versionObject(targets.version), request.pretty);
    case '/metrics':
      return targets.metrics(request.accept);
    case '/openapi/v2':
      return documents.openApiV2();
    case '/openapi/v3':
      return documents.openApiV3Index();
    default: {
      const [, group = '', version = ''] =
        /^\/openapi\/v3\/apis\/([^/]+)\/([^/]+)$/.exec(request.path) ?? [];
      if (group !== '') return documents.openApiV3(group, version);
      throw new Refusal(NO_SUCH_PATH);
    }
  }
}

/** @see kubernetes/apimachinery v0.37.2 pkg/version/types.go Info */
function versionObject(version: string): object {
  const [major = '', minor = ''] = version.split('.');
  const unknown = { gitCommit: '', gitTreeState: '', buildDate: '', goVersion: '' };
  const platform = `${process.platform}/${process.arch}`;
  return { major, minor, gitVersion: `v${version}`, ...unknown, compiler: '', platform };
}
