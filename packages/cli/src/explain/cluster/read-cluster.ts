import { BellowsError, parseLabelSelector } from '@bellows/core';
import {
  defaultHpaSpec,
  observePod,
  observeScale,
  PROFILE_1_37,
  type ApiHpa,
  type ApiPod,
  type ApiScale,
  type Autoscaler,
  type HpaObservation,
  type OtherAutoscaler,
  type ScaleReading,
} from '@bellows/hpa';
import { orUndefined, resourcePath, scalePath, type KubernetesClient } from '@bellows/kubernetes';
import type { ControllerFlags } from './cluster-question.ts';
import { controllerWords } from './controller-words.ts';
import { readMetric } from './read-metric.ts';

/** What a cluster shows of an HPA and of what it decides from, at one moment. */
export interface ClusterReading {
  /** As the API sends it. */
  readonly hpa: ApiHpa;
  /** Its spec with the controller's flags, as far as they are known. */
  readonly autoscaler: Autoscaler;
  /** What the controller would see now. */
  readonly observation: HpaObservation;
  /** What `/version` says, such as `v1.37.2`. */
  readonly serverVersion: string;
  /** When the reading began, in milliseconds since the epoch, by this machine's clock. */
  readonly atMs: number;
}

const HPAS = { apiVersion: 'autoscaling/v2', resource: 'horizontalpodautoscalers' };

/**
 * Finds the HPA that is meant.
 *
 * @param name - Undefined for the namespace's only one.
 * @throws BellowsError `ERR_KUBERNETES_NOT_FOUND` with the names there are.
 */
export async function findHpa(
  client: KubernetesClient,
  namespace: string,
  name: string | undefined,
): Promise<{ readonly hpa: ApiHpa; readonly others: readonly ApiHpa[] }> {
  const { items } = await client.list<ApiHpa>(resourcePath({ ...HPAS, namespace }));
  const hpa = items.find(({ metadata }) => metadata.name === (name ?? items[0]?.metadata.name));
  if (hpa !== undefined && (name !== undefined || items.length === 1)) {
    return { hpa, others: items.filter((other) => other !== hpa) };
  }
  const names = items.map(({ metadata }) => metadata.name).join(', ') || 'none';
  const where = `the namespace ${namespace} of ${client.server}`;
  throw new BellowsError(
    'ERR_KUBERNETES_NOT_FOUND',
    name === undefined
      ? `Expected one HPA in ${where}, it has: ${names}`
      : `Expected the HPA ${name} in ${where}, it has: ${names}`,
    { remedy: 'Name one, and its namespace: bellows explain hpa/NAME -n NAMESPACE' },
  );
}

/** Reads all that the controller would read for an HPA, and nothing else. */
export async function readCluster(
  client: KubernetesClient,
  found: Awaited<ReturnType<typeof findHpa>>,
  flags: ControllerFlags,
): Promise<ClusterReading> {
  const { hpa } = found;
  const atMs = Date.now();
  const { name, namespace = 'default', generation } = hpa.metadata;
  const spec = defaultHpaSpec(hpa.spec);
  const scale = await readScale(client, namespace, hpa);
  const selector = 'error' in scale ? '' : scale.selector;
  const [pods, metrics, otherAutoscalers, { gitVersion }] = await Promise.all([
    isSelector(selector) ? readPods(client, namespace, selector) : [],
    isSelector(selector)
      ? Promise.all((spec.metrics ?? []).map((m) => readMetric({ client, namespace, selector }, m)))
      : (spec.metrics ?? []).map(() => ({ kind: 'failed' as const, error: 'not read' })),
    readOthers(client, namespace, found.others),
    client.get<{ readonly gitVersion: string }>('/version'),
  ]);
  const profile = { ...PROFILE_1_37, ...flags };
  return {
    hpa,
    autoscaler: { namespace, name, spec, profile, ...(generation !== undefined && { generation }) },
    observation: { scale, pods, metrics, otherAutoscalers },
    serverVersion: gitVersion,
    atMs,
  };
}

/** The controller stops at a selector that is missing or cannot be read: then nothing else counts. */
function isSelector(text: string): boolean {
  try {
    return text !== '' && parseLabelSelector(text).toString() !== '';
  } catch {
    return false;
  }
}

async function readScale(
  client: KubernetesClient,
  namespace: string,
  { spec }: ApiHpa,
): Promise<ScaleReading> {
  const { kind, apiVersion = 'v1' } = spec.scaleTargetRef;
  const path = await scalePath(client, namespace, spec.scaleTargetRef);
  if (path === undefined) {
    const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
    return {
      error: `no matches for kind "${kind}" in group "${group ?? ''}", version ${version ?? ''}`,
    };
  }
  try {
    return observeScale(await client.get<ApiScale>(path));
  } catch (error) {
    return { error: controllerWords(error, `get ${kind}`) };
  }
}

async function readPods(
  client: KubernetesClient,
  namespace: string,
  labelSelector: string,
): Promise<HpaObservation['pods']> {
  const path = resourcePath({ apiVersion: 'v1', resource: 'pods', namespace });
  const { items } = await client.list<ApiPod>(path, { labelSelector });
  return items.map(observePod);
}

/** Two HPAs of one namespace that select the same pods stop each other. One whose target is gone selects nothing. */
async function readOthers(
  client: KubernetesClient,
  namespace: string,
  others: readonly ApiHpa[],
): Promise<OtherAutoscaler[]> {
  const found = await Promise.all(
    others.map(async ({ metadata, spec }) => {
      const path = await scalePath(client, namespace, spec.scaleTargetRef);
      const scale = path === undefined ? undefined : await orUndefined(client.get<ApiScale>(path));
      return { name: metadata.name, selector: scale?.status?.selector ?? '' };
    }),
  );
  return found.filter(({ selector }) => isSelector(selector));
}
