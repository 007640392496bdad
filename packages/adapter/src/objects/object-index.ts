import { BellowsError, type Selector } from '@bellows/core';
import type { KubernetesClient } from '@bellows/kubernetes';
import { formatGroupResource, type ApiResource } from '../naming/resource-mapper.ts';
import type { SourceState } from '../source/source.ts';
import type { IndexedObject } from './object-table.ts';
import { METADATA_TYPES, ObjectWatch, type WatchTimes } from './object-watch.ts';

/** Options of {@link createObjectIndex}. */
export interface ObjectIndexOptions extends WatchTimes {
  /** Of the cluster. */
  readonly client: KubernetesClient;
}

/** Which objects are meant. */
export interface ObjectSelection {
  /** Undefined: of all namespaces; empty for objects without one. */
  readonly namespace: string | undefined;
  /** Of the objects' labels; one without requirements selects all. */
  readonly selector: Selector;
}

/**
 * Names and labels of the cluster's objects, watched and in memory. Pods that have ended and objects that are being deleted are
 * left out. A resource that may not be listed fails alone.
 */
export interface ObjectIndex {
  /** Begins to watch a resource's objects; does not wait. Does nothing for one that is watched already. */
  watch(resource: ApiResource): void;
  /**
   * The objects that are meant, by namespace and name; from memory, once they are known.
   *
   * @param signal - Ends the wait for the first list.
   * @throws BellowsError `ERR_ADAPTER_SOURCE` when the resource may not be listed or watched, which says which right is missing,
   *   or could not be read yet.
   */
  select(
    resource: ApiResource,
    selection: ObjectSelection,
    signal: AbortSignal,
  ): Promise<IndexedObject[]>;
  /** How each resource's watch does, in the order they began. */
  state(): readonly SourceState[];
  /** Ends all watches. Idempotent. */
  stop(): Promise<void>;
}

/** Each takes a connection to the API server. */
const MAX_WATCHES = 100;

/** Makes an index; nothing is asked yet. */
export function createObjectIndex(options: ObjectIndexOptions): ObjectIndex {
  return new WatchedObjects(options);
}

class WatchedObjects implements ObjectIndex {
  readonly #client: KubernetesClient;
  readonly #times: WatchTimes;
  readonly #watches = new Map<string, ObjectWatch>();
  #isStopped = false;

  constructor({ client, ...times }: ObjectIndexOptions) {
    this.#client = client.accepting(...METADATA_TYPES);
    this.#times = times;
  }

  watch(resource: ApiResource): void {
    this.#watchOf(resource);
  }

  async select(
    resource: ApiResource,
    { namespace, selector }: ObjectSelection,
    signal: AbortSignal,
  ): Promise<IndexedObject[]> {
    const watch = this.#watchOf(resource);
    if (watch === undefined) throw tooMany(resource);
    await watch.ready(signal);
    return watch.table.select(namespace, selector);
  }

  state(): readonly SourceState[] {
    return [...this.#watches.values()].map((watch) => watch.state());
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all([...this.#watches.values()].map((watch) => watch.stop()));
  }

  #watchOf(resource: ApiResource): ObjectWatch | undefined {
    const key = formatGroupResource({ group: resource.group, resource: resource.name });
    const known = this.#watches.get(key);
    if (known !== undefined || this.#isStopped || this.#watches.size >= MAX_WATCHES) return known;
    const watch = new ObjectWatch(this.#client, resource, this.#times);
    this.#watches.set(key, watch);
    watch.start();
    return watch;
  }
}

function tooMany({ group, name }: ApiResource): BellowsError {
  const what = formatGroupResource({ group, resource: name });
  return new BellowsError(
    'ERR_ADAPTER_SOURCE',
    `Cannot list ${what}: more than ${MAX_WATCHES} resources are watched, or this server stops`,
    { remedy: 'Let rules name the resources they are about by overrides instead of a template.' },
  );
}
