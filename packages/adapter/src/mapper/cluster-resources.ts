import type { KubernetesClient } from '@bellows/kubernetes';
import { createRepeatedWork, type RepeatedWork } from '../loop/repeated-work.ts';
import { ResourceMapper, type ApiResource } from '../naming/resource-mapper.ts';
import type { SourceState } from '../source/source.ts';
import { DISCOVERY_TYPE, readDiscovery } from './read-discovery.ts';

/** Options of {@link createClusterResources}. */
export interface ClusterResourcesOptions {
  /** Of the cluster. */
  readonly client: KubernetesClient;
  /** Time between two reads, in milliseconds: a new kind of object is known after so long. @defaultValue 60000 */
  readonly intervalMs?: number;
}

/** The resources that a cluster has: read at start and on an interval, and again soon after a failure. */
export interface ClusterResources {
  /** Finds resources as they were last read; undefined: they were not read yet. */
  mapper(): ResourceMapper | undefined;
  /** Resolves when they have been read or could not be, or when it is stopped before. */
  readonly triedOnce: Promise<void>;
  /** Calls a listener after each change. @returns Ends that. */
  onChange(listener: () => void): () => void;
  /** How the reading does. */
  state(): SourceState;
  /** Begins; does not wait. A second call does nothing. */
  start(): void;
  /** Idempotent. */
  stop(): Promise<void>;
}

/** Makes it; nothing is asked yet. */
export function createClusterResources(options: ClusterResourcesOptions): ClusterResources {
  return new DiscoveredResources(options);
}

class DiscoveredResources implements ClusterResources {
  readonly #client: KubernetesClient;
  readonly #work: RepeatedWork;
  readonly #listeners = new Set<() => void>();
  #mapper: ResourceMapper | undefined;
  #lastRead = '';
  #problem: string | undefined;
  #lastSuccessMs: number | undefined;

  constructor({ client, intervalMs = 60_000 }: ClusterResourcesOptions) {
    this.#client = client.accepting(DISCOVERY_TYPE);
    this.#work = createRepeatedWork({
      run: (signal) => this.#read(signal),
      intervalMs,
      onError: (error) => {
        this.#problem = error instanceof Error ? error.message : String(error);
      },
    });
  }

  get triedOnce(): Promise<void> {
    return this.#work.triedOnce;
  }

  mapper(): ResourceMapper | undefined {
    return this.#mapper;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  state(): SourceState {
    return {
      part: 'resources of the cluster',
      ...(this.#problem !== undefined && { problem: this.#problem }),
      ...(this.#lastSuccessMs !== undefined && { lastSuccessMs: this.#lastSuccessMs }),
    };
  }

  start(): void {
    this.#work.start();
  }

  async stop(): Promise<void> {
    await this.#work.stop();
    this.#listeners.clear();
  }

  async #read(signal: AbortSignal): Promise<void> {
    const [core, groups] = await Promise.all(
      ['/api', '/apis'].map((path) => this.#client.get<unknown>(path, {}, signal)),
    );
    this.#take([...readDiscovery(core), ...readDiscovery(groups)]);
    this.#problem = undefined;
    this.#lastSuccessMs = Date.now();
  }

  #take(resources: readonly ApiResource[]): void {
    const read = JSON.stringify(resources);
    if (read === this.#lastRead) return;
    this.#lastRead = read;
    this.#mapper = new ResourceMapper(resources);
    for (const listener of this.#listeners) listener();
  }
}
