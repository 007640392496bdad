import { kubectl, startLoad, type Cluster } from '@bellows/e2e';
import { createInformer, type KubernetesClient, type KubernetesObject } from '@bellows/kubernetes';
import { objectsOf } from './objects.ts';
import { sampleAgesMs } from './sample-age.ts';
import { BASE_RATE, ENOUGH_PODS, namespaceOf, STEP_RATE, type Signal } from './signals.ts';
import { until } from './until.ts';

/** What was seen of one step; times are in milliseconds since the epoch. */
export interface StepRun {
  readonly signal: Signal;
  readonly name: string;
  /** When the rate rose. */
  readonly stepMs: number;
  /** When each pod but the first was seen ready, in order. */
  readonly readyMs: readonly number[];
  /** When each of them got its first request, in order. */
  readonly servedMs: readonly number[];
  /** Ages of the samples that the adapter answered with, looked at each second, in milliseconds. */
  readonly sampleAgesMs: readonly number[];
  /** Requests of the whole run that were lost. */
  readonly lost: number;
}

interface ApiPod extends KubernetesObject {
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

const SYNC_SECONDS = 15;
/** The slowest signal of those known takes 154 s; then the step counts as never answered. */
const PATIENCE_MS = 300_000;
const START_MS = 120_000;

/**
 * Runs a service of its own at the base load behind an autoscaler of its own, raises the load fivefold at a moment of the 15 s of a sync,
 * and waits until there are enough pods that have been asked for something.
 *
 * @param phase - Which part of the sync's period the step waits for in addition to the warm-up, 0 to 1.
 */
export async function runStep(
  { plane: { info } }: Pick<Cluster, 'plane'>,
  client: KubernetesClient,
  {
    signal,
    name,
    phase,
  }: { readonly signal: Signal; readonly name: string; readonly phase: number },
): Promise<StepRun> {
  const namespace = namespaceOf(signal);
  const run = (args: string[], input?: string): Promise<string> =>
    kubectl(info, [`--namespace=${namespace}`, ...args], input);
  const ready = new Map<string, number>();
  const seen = ({ metadata, status }: ApiPod): void => {
    const isReady = status?.conditions?.some(
      (one) => one.type === 'Ready' && one.status === 'True',
    );
    if (isReady === true && !ready.has(metadata.name)) ready.set(metadata.name, Date.now());
  };
  const pods = createInformer<ApiPod>(
    client,
    { path: `/api/v1/namespaces/${namespace}/pods`, labelSelector: `app=${name}` },
    { onAdd: seen, onUpdate: seen },
  );
  await pods.start();
  const items = objectsOf(name, signal);
  await run(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  await until(() => ready.size > 0, START_MS);
  const address = await run(['get', 'service', name, '-o', 'jsonpath={.spec.clusterIP}']);
  const atSeconds = signal.warmUpSeconds + phase * SYNC_SECONDS;
  const load = startLoad(info, {
    ...{ target: `http://${address}:80`, arrivals: 'even', timeoutMs: 60_000 },
    profile: profileWithStep(atSeconds),
    durationSeconds: atSeconds + 2 * (PATIENCE_MS / 1000),
  });
  const stepMs = (await load.startedAtMs) + atSeconds * 1000;
  await until(() => Date.now() >= stepMs, PATIENCE_MS);
  const ages = sampleAgesMs(client, signal, name);
  await until(() => ready.size >= ENOUGH_PODS, PATIENCE_MS);
  const servedMs = await firstRequests(run, [...ready.keys()]);
  const found = { readyMs: [...ready.values()].slice(1), sampleAgesMs: await ages.stop() };
  const { lost, losses } = await load.stop();
  const [loss] = losses;
  if (loss !== undefined)
    console.error(`${name} lost ${lost}, the first: ${loss.kind}, ${loss.detail}`);
  await pods.stop();
  await run(['delete', 'hpa,service,deployment', name, '--wait=false']);
  return { signal, name, stepMs, servedMs, lost, ...found };
}

function profileWithStep(atSeconds: number): Parameters<typeof startLoad>[1]['profile'] {
  return {
    points: [
      { atSeconds: 0, requestsPerSecond: BASE_RATE },
      { atSeconds, requestsPerSecond: BASE_RATE },
      { atSeconds: atSeconds + 0.001, requestsPerSecond: STEP_RATE },
    ],
    requests: [{ weight: 1, method: 'GET', path: '/' }],
  };
}

/** When each pod but the first got its first request, as its own log says. */
async function firstRequests(
  run: (args: string[]) => Promise<string>,
  pods: readonly string[],
): Promise<number[]> {
  const times: number[] = [];
  for (const pod of pods.slice(1)) {
    await until(async () => {
      const log = await run(['logs', pod]).catch(() => '');
      const atMs = /^first request at (\d+)$/m.exec(log)?.[1];
      if (atMs !== undefined) times.push(Number(atMs));
      return atMs !== undefined;
    }, START_MS);
  }
  return times.toSorted((a, b) => a - b);
}
