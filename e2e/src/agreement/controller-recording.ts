import type { ApiHpa, ApiHpaStatus, ApiPod, ApiScale } from '@bellows/hpa';
import type { KubernetesObject } from '@bellows/kubernetes';
import { InformerMirror } from './informer-mirror.ts';
import type { Exchange, Listener } from './recording-proxy.ts';

/** One pass of the HPA controller over one autoscaler: what it read, and what it did. */
export interface Reconcile {
  readonly namespace: string;
  /** Of the autoscaler. */
  readonly name: string;
  readonly startedAtMs: number;
  /** The target's scale; undefined while it is not answered. */
  scale?: Exchange;
  /** Answers of the metrics APIs, in order. */
  readonly metrics: Exchange[];
  /** Its write of the scale. */
  scaleWrite?: Exchange;
  /** The status that it wrote. */
  statusWrite?: ApiHpaStatus;
  /** When its last answer came, in milliseconds since the epoch. */
  endedAtMs: number;
}

const HPAS = '/apis/autoscaling/v2/horizontalpodautoscalers';
const PODS = '/api/v1/pods';
const METRICS = /^\/apis\/(?:custom\.|external\.)?metrics\.k8s\.io\/[^/]+\/namespaces\/([^/]+)\//;
const SCALE = /^\/apis?\/.*\/namespaces\/([^/]+)\/([^/]+)\/([^/]+)\/scale$/;
const STATUS =
  /^\/apis\/autoscaling\/v2\/namespaces\/([^/]+)\/horizontalpodautoscalers\/([^/]+)\/status$/;
const CONTROLLER = 'horizontal-pod-autoscaler';

type ApiHpaMirror = InformerMirror<ApiHpa & KubernetesObject>;
type ApiPodMirror = InformerMirror<ApiPod & KubernetesObject>;

/** Puts together what the HPA controller read and did, of all requests that came by. */
export class ControllerRecording implements Listener {
  readonly hpas: ApiHpaMirror = new InformerMirror();
  readonly pods: ApiPodMirror = new InformerMirror();
  /** When the controller was ended, and its memory with it; in milliseconds since the epoch. */
  readonly endsAtMs: number[] = [];
  readonly #reconciles: Reconcile[] = [];
  /** The last one of each autoscaler, which may still be going on. */
  readonly #open = new Map<string, Reconcile>();
  /** Selector of each autoscaler's target. */
  readonly #selectors = new Map<string, string>();

  /** Those that have ended for sure: the next one of the same autoscaler has begun. In the order of their beginning. */
  reconciles(): readonly Reconcile[] {
    const open = new Set(this.#open.values());
    return this.#reconciles.filter((reconcile) => !open.has(reconcile));
  }

  /** Selectors of the targets of the namespace's other autoscalers, by their names. */
  selectorsOfOthers(namespace: string, name: string): { name: string; selector: string }[] {
    return [...this.#selectors].flatMap(([key, selector]) => {
      const [place, other = ''] = key.split('/');
      return place === namespace && other !== name ? [{ name: other, selector }] : [];
    });
  }

  requested({
    method,
    path,
    userAgent,
    requestedAtMs,
  }: Parameters<Listener['requested']>[0]): void {
    const [, namespace = '', resource = '', target] = SCALE.exec(path) ?? [];
    if (target === undefined || method !== 'GET' || !userAgent.includes(CONTROLLER)) return;
    const hpa = this.hpas
      .at(namespace, requestedAtMs)
      .find(({ spec: { scaleTargetRef: reference } }) => {
        return reference.name === target && resource.startsWith(reference.kind.toLowerCase());
      });
    if (hpa === undefined) return;
    const { name } = hpa.metadata;
    const open = this.#open.get(`${namespace}/${name}`);
    if (open !== undefined && isWritingAgain(open)) return;
    const reconcile: Reconcile = {
      ...{ namespace, name, startedAtMs: requestedAtMs, endedAtMs: requestedAtMs, metrics: [] },
    };
    this.#open.set(`${namespace}/${name}`, reconcile);
    this.#reconciles.push(reconcile);
  }

  answered(exchange: Exchange): void {
    const { path, body, answeredAtMs, userAgent } = exchange;
    if (path === HPAS) this.hpas.list(body, answeredAtMs);
    else if (path === PODS) this.pods.list(body, answeredAtMs);
    else if (userAgent.includes(CONTROLLER)) this.#answered(exchange);
  }

  watched(path: string, line: string, atMs: number): void {
    if (path === HPAS) this.hpas.watch(line, atMs);
    else if (path === PODS) this.pods.watch(line, atMs);
  }

  #answered(exchange: Exchange): void {
    const { path, method, answeredAtMs } = exchange;
    const reconcile = this.#reconcileOf(path);
    if (reconcile === undefined) return;
    reconcile.endedAtMs = answeredAtMs;
    if (METRICS.test(path)) reconcile.metrics.push(exchange);
    else if (STATUS.test(path)) {
      const { status = {} } = JSON.parse(exchange.requestBody) as ApiHpa;
      reconcile.statusWrite = status;
    } else if (method === 'GET') {
      reconcile.scale ??= exchange;
      this.#rememberSelector(reconcile, exchange);
    } else reconcile.scaleWrite = exchange;
  }

  #rememberSelector({ namespace, name }: Reconcile, { status, body }: Exchange): void {
    if (status !== 200) return;
    const selector = (JSON.parse(body) as ApiScale).status?.selector ?? '';
    if (selector !== '') this.#selectors.set(`${namespace}/${name}`, selector);
  }

  /** The reconcile that a request is part of; of several in one namespace, the one that began last. */
  #reconcileOf(path: string): Reconcile | undefined {
    const [, namespace, name] = STATUS.exec(path) ?? [];
    if (name !== undefined) return this.#open.get(`${namespace ?? ''}/${name}`);
    const [, place] = METRICS.exec(path) ?? SCALE.exec(path) ?? [];
    return [...this.#open.values()]
      .filter((reconcile) => reconcile.namespace === place)
      .sort((a, b) => a.startedAtMs - b.startedAtMs)
      .at(-1);
  }
}

/**
 * After a write that failed the controller reads the scale anew, and writes the same count into that if it was a conflict.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go reconcileAutoscaler (RetryOnConflict)
 */
function isWritingAgain({ scaleWrite, statusWrite }: Reconcile): boolean {
  return scaleWrite !== undefined && scaleWrite.status >= 300 && statusWrite === undefined;
}

/** Whether the answers to a path's requests are what a recording is made of. */
export function isRecordedPath(path: string): boolean {
  return path === HPAS || path === PODS || [METRICS, SCALE, STATUS].some((form) => form.test(path));
}
