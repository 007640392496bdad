import {
  createInformer,
  resourcePath,
  type Informer,
  type KubernetesClient,
} from '@bellows/kubernetes';
import {
  demandPart,
  readDemand,
  type ApiAutoscaler,
  type AutoscalerDemand,
} from './autoscaler-demand.ts';

/** Options of {@link createDemand}. */
export interface DemandOptions {
  /** The cluster; the right to list and watch autoscalers is needed. */
  readonly client: KubernetesClient;
  /** Namespaces whose autoscalers are followed. @defaultValue all */
  readonly namespaces?: readonly string[];
  /** Told that autoscalers cannot be read; it is tried again. */
  readonly failed?: (error: unknown) => void;
}

/** What the autoscalers of a cluster ask for. */
export interface Demand {
  /** Follows the autoscalers. Resolves when they are known, cannot be read, or it is stopped. A second call starts nothing. */
  start(): Promise<void>;
  /** What each asks for, in no order. */
  list(): readonly AutoscalerDemand[];
  /** Why the autoscalers are not known yet; undefined once they are. */
  problem(): string | undefined;
  /** Has `listener` told of each change of what is asked for; several at once may be one call. Returns what ends it. */
  onChange(listener: () => void): () => void;
  /** Ends the watch. Idempotent. */
  stop(): Promise<void>;
}

/** Changes of so long are told at once, in milliseconds. */
const GATHER_MS = 50;

/** Follows the `autoscaling/v2` HorizontalPodAutoscalers of a cluster. Their status, which changes all the time, changes no demand. */
export function createDemand(options: DemandOptions): Demand {
  return new WatchedDemand(options);
}

interface Known {
  /** Of what the demand was read from. */
  readonly text: string;
  readonly demand: AutoscalerDemand;
}

class WatchedDemand implements Demand {
  readonly #informers: readonly Informer<ApiAutoscaler>[];
  readonly #known = new Map<string, Known>();
  readonly #listeners = new Set<() => void>();
  #problem: string | undefined = 'the autoscalers have not been read yet';
  #settled: Promise<unknown> = Promise.resolve();
  #started: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor({ client, namespaces = [], failed }: DemandOptions) {
    const settled: Promise<void>[] = [];
    const places = namespaces.length === 0 ? [undefined] : [...new Set(namespaces)];
    this.#informers = places.map((namespace) => {
      let settle: () => void = () => undefined;
      settled.push(new Promise((resolve) => (settle = resolve)));
      return this.#watch(client, namespace, (error) => {
        settle();
        if (error !== undefined) failed?.(error);
      });
    });
    this.#settled = Promise.all(settled);
  }

  start(): Promise<void> {
    this.#started ??= this.#begin();
    return this.#started;
  }

  async #begin(): Promise<void> {
    const synced = Promise.all(this.#informers.map((informer) => informer.start()));
    void synced.then(() => {
      this.#problem = undefined;
      this.#changed();
    });
    await Promise.race([synced, this.#settled]);
  }

  list(): readonly AutoscalerDemand[] {
    return [...this.#known.values()].map(({ demand }) => demand);
  }

  problem(): string | undefined {
    return this.#problem;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#informers.map((informer) => informer.stop()));
  }

  #watch(
    client: KubernetesClient,
    namespace: string | undefined,
    settle: (error?: unknown) => void,
  ): Informer<ApiAutoscaler> {
    const path = resourcePath({
      apiVersion: 'autoscaling/v2',
      resource: 'horizontalpodautoscalers',
      ...(namespace !== undefined && { namespace }),
    });
    const take = (autoscaler: ApiAutoscaler): void => {
      this.#take(autoscaler);
    };
    return createInformer<ApiAutoscaler>(
      client,
      { path },
      {
        onAdd: take,
        onUpdate: take,
        onDelete: ({ metadata }) => {
          this.#known.delete(keyOf(metadata));
          this.#changed();
        },
        onSynced: () => {
          settle();
        },
        onError: (error) => {
          if (this.#problem !== undefined)
            this.#problem = `the autoscalers cannot be read: ${wordsOf(error)}`;
          settle(error);
        },
      },
      { keep: demandPart },
    );
  }

  #take(autoscaler: ApiAutoscaler): void {
    const { metadata, spec } = autoscaler;
    const key = keyOf(metadata);
    const text = JSON.stringify([metadata.uid, metadata.annotations, spec]);
    if (this.#known.get(key)?.text === text) return;
    this.#known.set(key, { text, demand: readDemand(autoscaler) });
    this.#changed();
  }

  #changed(): void {
    if (this.#isStopped || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      for (const listener of this.#listeners) listener();
    }, GATHER_MS);
  }
}

function keyOf({ namespace = '', name }: ApiAutoscaler['metadata']): string {
  return `${namespace}/${name}`;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
