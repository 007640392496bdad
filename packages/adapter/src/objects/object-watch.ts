import { BellowsError } from '@bellows/core';
import {
  apiStatusOf,
  createInformer,
  resourcePath,
  type Informer,
  type InformerOptions,
  type KubernetesClient,
  type KubernetesObject,
} from '@bellows/kubernetes';
import { formatGroupResource, type ApiResource } from '../naming/resource-mapper.ts';
import type { SourceState } from '../source/source.ts';
import { ObjectTable } from './object-table.ts';

const metadataOf = (kind: string): string => `application/json;as=${kind};v=v1;g=meta.k8s.io`;

/** What is asked for: metadata alone, whatever the kind. A watch that asks for lists is refused. */
export const METADATA_TYPES: readonly [listed: string, watched: string] = [
  metadataOf('PartialObjectMetadataList'),
  metadataOf('PartialObjectMetadata'),
];

/** Pods that have ended are never asked about: they have no load, and an autoscaler does not count them. */
const LIVE_PODS = { fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed' };

/** Times of a watch of objects, for tests. */
export type WatchTimes = Pick<
  InformerOptions<KubernetesObject>,
  'silenceMs' | 'initialBackOffMs' | 'maxBackOffMs'
>;

/** Names and labels of all objects of one resource, kept as the API server has them. */
export class ObjectWatch {
  readonly table: ObjectTable = new ObjectTable();
  readonly #resource: ApiResource;
  readonly #informer: Informer<KubernetesObject>;
  readonly #listeners = new Set<() => void>();
  #isSynced = false;
  #problem: BellowsError | undefined;
  #lastSuccessMs: number | undefined;

  /** @param client - One that accepts {@link METADATA_TYPES}. */
  constructor(client: KubernetesClient, resource: ApiResource, times: WatchTimes) {
    this.#resource = resource;
    const { group, version, name } = resource;
    const apiVersion = group === '' ? version : `${group}/${version}`;
    const selection = {
      path: resourcePath({ apiVersion, resource: name }),
      ...(group === '' && name === 'pods' && LIVE_PODS),
    };
    this.#informer = createInformer(
      client,
      selection,
      {
        onAdd: (object) => {
          this.#take(object);
        },
        onUpdate: (object) => {
          this.#take(object);
        },
        onDelete: ({ metadata }) => {
          this.table.delete(metadata.namespace ?? '', metadata.name);
        },
        onSynced: () => {
          this.#isSynced = true;
          this.#settle(undefined);
        },
        onWatching: () => {
          this.#settle(undefined);
        },
        onError: (error) => {
          this.#settle(this.#problemOf(error));
        },
      },
      { ...times, keep: leanObject },
    );
  }

  /** Begins; does not wait. */
  start(): void {
    void this.#informer.start();
  }

  /** Idempotent. */
  async stop(): Promise<void> {
    await this.#informer.stop();
  }

  /**
   * Resolves as soon as the objects are known.
   *
   * @throws BellowsError `ERR_ADAPTER_SOURCE` when they may not be listed or watched, or could not be read yet.
   */
  async ready(signal: AbortSignal): Promise<void> {
    if (!this.#isSynced && this.#problem === undefined) await this.#firstNews(signal);
    if (this.#problem !== undefined && !(this.#isSynced && isPassing(this.#problem))) {
      throw this.#problem;
    }
  }

  /** How it does. */
  state(): SourceState {
    return {
      part: `objects: ${formatGroupResource({ group: this.#resource.group, resource: this.#resource.name })}`,
      ...(this.#problem !== undefined && { problem: this.#problem.message }),
      ...(this.#lastSuccessMs !== undefined && { lastSuccessMs: this.#lastSuccessMs }),
    };
  }

  async #firstNews(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const settled = (): void => {
        this.#listeners.delete(settled);
        signal.removeEventListener('abort', aborted);
        resolve();
      };
      const aborted = (): void => {
        this.#listeners.delete(settled);
        reject(this.#unread('they have not been listed yet'));
      };
      this.#listeners.add(settled);
      signal.addEventListener('abort', aborted, { once: true });
    });
  }

  #settle(problem: BellowsError | undefined): void {
    this.#problem = problem;
    if (problem === undefined) this.#lastSuccessMs = Date.now();
    for (const listener of this.#listeners) listener();
  }

  #take({ metadata }: KubernetesObject): void {
    const { name, namespace = '', labels = NO_LABELS, deletionTimestamp } = metadata;
    // One that is being deleted takes no new work, and an autoscaler does not count it.
    if (deletionTimestamp !== undefined) this.table.delete(namespace, name);
    else this.table.set({ namespace, name, labels });
  }

  #problemOf(error: unknown): BellowsError {
    const status = apiStatusOf(error);
    if (status?.code !== 403) {
      return this.#unread(error instanceof Error ? error.message : String(error), error);
    }
    const { group, name } = this.#resource;
    const verb = /cannot (list|watch) resource/.exec(status.message)?.[1] ?? 'list and watch';
    const what = formatGroupResource({ group, resource: name });
    return new BellowsError(
      'ERR_ADAPTER_SOURCE',
      `Expected the right to ${verb} ${what}, whose names and labels tell which objects are meant; the API server refused it`,
      {
        remedy: `Add apiGroups ["${group}"], resources ["${name}"], verbs ["list", "watch"] to the ClusterRole of this server.`,
        cause: error,
      },
    );
  }

  #unread(reason: string, cause?: unknown): BellowsError {
    const { group, name } = this.#resource;
    const what = formatGroupResource({ group, resource: name });
    return new BellowsError('ERR_ADAPTER_SOURCE', `Cannot list ${what}: ${reason}`, {
      remedy: 'Check that the API server runs, and the network policy between the two.',
      cause,
    });
  }
}

const NO_LABELS: Readonly<Record<string, string>> = {};

/** A right that is missing does not come back by itself, and what was known before becomes wrong; anything else passes. */
function isPassing({ cause }: BellowsError): boolean {
  return apiStatusOf(cause)?.code !== 403;
}

/** What is kept of an object. */
function leanObject({ metadata }: KubernetesObject): KubernetesObject {
  const { name, namespace, uid, resourceVersion, labels, deletionTimestamp } = metadata;
  return {
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
      ...(labels !== undefined && { labels }),
      ...(deletionTimestamp !== undefined && { deletionTimestamp }),
    },
  };
}
