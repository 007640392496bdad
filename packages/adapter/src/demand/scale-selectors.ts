import { setTimeout as sleep } from 'node:timers/promises';
import { BellowsError, parseLabelSelector, type Selector } from '@bellows/core';
import {
  BackOff,
  discoverResource,
  resourcePath,
  type DiscoveredResource,
  type KubernetesClient,
} from '@bellows/kubernetes';
import type { ObjectReference } from './autoscaler-demand.ts';

/** Something that is scaled, in its namespace. */
export interface ScaleTarget {
  /** Its namespace. */
  readonly namespace: string;
  /** What it is. */
  readonly reference: ObjectReference;
}

/** Which pods a target has, or why that is not known. */
export type ScaleSelector =
  | { readonly kind: 'known'; readonly selector: Selector; readonly text: string }
  | { readonly kind: 'unknown'; readonly problem: string };

/** Options of {@link createScaleSelectors}. */
export interface ScaleSelectorsOptions {
  /** The cluster; the right to get the `scale` of each target is needed. */
  readonly client: KubernetesClient;
  /** Told when what is known of a target has changed. */
  readonly changed: () => void;
}

/** Keeps the selectors of targets, as their `/scale` says: what the controller itself selects pods by. */
export interface ScaleSelectors {
  /** Replaces the targets; new ones are read at once. */
  setTargets(targets: readonly ScaleTarget[]): void;
  /** Of one of the targets. */
  get(target: ScaleTarget): ScaleSelector;
  /** Whether each target has been asked for once. */
  isSettled(): boolean;
  /** Begins; nothing is asked before. A second call does nothing. */
  start(): void;
  /** Ends requests and timers. Idempotent. */
  stop(): Promise<void>;
}

/** A selector that is known is read again after so long, in milliseconds: a Deployment's never changes, a custom resource's may. */
const REFRESH_MS = 300_000;
/** First and longest wait after a failure, in milliseconds. */
const RETRY_MS = { initialMs: 2_000, maxMs: 60_000 };
/** Requests under way at once. */
const MAX_AT_ONCE = 8;
const IDLE_MS = 3_600_000;
const UNKNOWN: ScaleSelector = {
  kind: 'unknown',
  problem: 'the scale of its target has not been read yet',
};

/** Makes a keeper of selectors. */
export function createScaleSelectors(options: ScaleSelectorsOptions): ScaleSelectors {
  return new ReadSelectors(options);
}

interface Entry {
  readonly target: ScaleTarget;
  readonly backOff: BackOff;
  dueMs: number;
  known: ScaleSelector | undefined;
}

interface ApiScale {
  readonly status?: { readonly selector?: string };
}

class ReadSelectors implements ScaleSelectors {
  readonly #options: ScaleSelectorsOptions;
  readonly #stopping = new AbortController();
  readonly #resources = new Map<string, DiscoveredResource>();
  #entries = new Map<string, Entry>();
  #wake = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: ScaleSelectorsOptions) {
    this.#options = options;
  }

  setTargets(targets: readonly ScaleTarget[]): void {
    const before = this.#entries;
    this.#entries = new Map(
      targets.map((target) => {
        const key = keyOf(target);
        const fresh = { target, backOff: new BackOff(RETRY_MS), dueMs: 0, known: undefined };
        return [key, before.get(key) ?? fresh];
      }),
    );
    this.#wake.abort();
  }

  get(target: ScaleTarget): ScaleSelector {
    return this.#entries.get(keyOf(target))?.known ?? UNKNOWN;
  }

  isSettled(): boolean {
    return [...this.#entries.values()].every(({ known }) => known !== undefined);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.#wake = new AbortController();
      const entries = [...this.#entries.values()];
      const due = entries.filter(({ dueMs }) => dueMs <= performance.now()).slice(0, MAX_AT_ONCE);
      if (due.length > 0) {
        const changes = await Promise.all(due.map((entry) => this.#read(entry)));
        // `stop` may have been called meanwhile, which the type checker cannot see.
        if (changes.includes(true) && !(signal.aborted as boolean)) this.#options.changed();
        continue;
      }
      const nextMs = Math.min(IDLE_MS, ...entries.map(({ dueMs }) => dueMs - performance.now()));
      const until = AbortSignal.any([signal, this.#wake.signal]);
      await sleep(Math.max(1, nextMs), undefined, { signal: until }).catch(() => undefined);
    }
  }

  /** Whether anything changed. A selector that was known is kept while it cannot be read, but for one that is gone. */
  async #read(entry: Entry): Promise<boolean> {
    const before = entry.known;
    const now = await this.#ask(entry.target);
    const isLost = now.kind === 'unknown' && !now.isGone && before?.kind === 'known';
    if (!isLost) entry.known = now;
    if (now.kind === 'known') entry.backOff.reset();
    entry.dueMs = performance.now() + (now.kind === 'known' ? REFRESH_MS : entry.backOff.nextMs());
    return wordsOf(before) !== wordsOf(entry.known);
  }

  async #ask({
    namespace,
    reference,
  }: ScaleTarget): Promise<ScaleSelector & { readonly isGone?: boolean }> {
    const { kind, name } = reference;
    try {
      const resource = await this.#resourceOf(reference);
      if (resource === undefined) {
        return unknown(`the API server knows no ${kind} in ${reference.apiVersion}`, true);
      }
      const location = { apiVersion: resource.apiVersion, resource: resource.resource };
      const path = resourcePath({ ...location, namespace, name, subresource: 'scale' });
      const scale = await this.#options.client.get<ApiScale>(path, {}, this.#stopping.signal);
      const text = scale.status?.selector ?? '';
      if (text === '') return unknown(`the scale of ${kind} ${name} has no selector`, true);
      return { kind: 'known', selector: parseLabelSelector(text), text };
    } catch (error) {
      const isGone = BellowsError.is(error) && error.code === 'ERR_KUBERNETES_NOT_FOUND';
      const why = error instanceof Error ? error.message : String(error);
      return unknown(`the scale of ${kind} ${name} cannot be read: ${why}`, isGone);
    }
  }

  async #resourceOf(reference: ObjectReference): Promise<DiscoveredResource | undefined> {
    const key = `${reference.apiVersion} ${reference.kind}`;
    const known = this.#resources.get(key);
    if (known !== undefined) return known;
    const found = await discoverResource(this.#options.client, reference);
    if (found !== undefined) this.#resources.set(key, found);
    return found;
  }
}

function unknown(problem: string, isGone: boolean): ScaleSelector & { readonly isGone: boolean } {
  return { kind: 'unknown', problem, isGone };
}

function keyOf({ namespace, reference }: ScaleTarget): string {
  return JSON.stringify([namespace, reference.apiVersion, reference.kind, reference.name]);
}

function wordsOf(known: ScaleSelector | undefined): string | undefined {
  return known?.kind === 'known' ? `selector ${known.text}` : known?.problem;
}
