import { setTimeout as sleep } from 'node:timers/promises';
import { BellowsError } from '@bellows/core';
import { apiError } from '../http/api-error.ts';
import { apiStatusOf } from '../http/api-status.ts';
import type { KubernetesClient, ListSelection } from '../kubernetes-client.ts';
import type { KubernetesObject } from '../kubernetes-object.ts';
import { BackOff } from './back-off.ts';
import { ObjectStore, type ObjectHandlers } from './object-store.ts';
import { readWatchEvents, WatchGap } from './read-watch-events.ts';

/** Which objects an {@link Informer} keeps. */
export interface InformerSelection extends ListSelection {
  /** Path of the collection, such as `/api/v1/pods`: see `resourcePath`. */
  readonly path: string;
}

/** Told of what an {@link Informer} sees. What a handler throws goes to `onError`, and the informer goes on. */
export interface InformerHandlers<T> extends ObjectHandlers<T> {
  /** The objects have been listed, for the first time or again. */
  readonly onSynced?: () => void;
  /** The watch is under way, for the first time or again: what is known is what the API server has. */
  readonly onWatching?: () => void;
  /**
   * Something went wrong; the informer tries again by itself. Also called when the collection may not be read or does not exist
   * (yet): stop the informer if that is no use.
   */
  readonly onError?: (error: unknown) => void;
}

/** How an {@link Informer} works; times are in milliseconds. */
export interface InformerOptions<T> {
  /**
   * Makes of each object what is kept of it, page by page of a list, so that what nobody reads takes no memory. Name, namespace, uid
   * and resource version must stay.
   * @defaultValue the object is kept as it is
   */
  readonly keep?: (object: T) => T;
  /** Neither event nor bookmark for so long: the objects are listed again. @defaultValue 150000 */
  readonly silenceMs?: number;
  /** The first wait after a failure; it doubles, with jitter. @defaultValue 800 */
  readonly initialBackOffMs?: number;
  /** The longest wait after a failure. @defaultValue 30000 */
  readonly maxBackOffMs?: number;
}

/** Keeps the objects of a collection as they are on the API server, whatever happens to it or on the way. */
export interface Informer<T> {
  /** Lists and watches. Resolves when the objects are known, or when it is stopped before. */
  start(): Promise<void>;
  /** Ends the watch; the objects stay readable. Idempotent. */
  stop(): Promise<void>;
  /** The objects as last seen, in no order. */
  list(): T[];
  /** One object as last seen; a namespace is needed for kinds that live in one. */
  get(name: string, namespace?: string): T | undefined;
}

/**
 * Makes an informer: list, then watch from the list's version on. As client-go's reflector (tools/cache/reflector.go, v0.37.2):
 * a watch that ends goes on from the last version seen; bookmarks keep that version fresh; 410 (expired) leads to a new list;
 * the API server is asked to end each watch after 5 to 10 minutes. Beyond it: silence and broken lines lead to a new list.
 */
export function createInformer<T extends KubernetesObject>(
  client: KubernetesClient,
  selection: InformerSelection,
  handlers: InformerHandlers<T> = {},
  options: InformerOptions<T> = {},
): Informer<T> {
  return new ListWatchInformer<T>(client, selection, handlers, options);
}

/** Longest line of a watch, in bytes: an object of etcd has at most 1.5 MiB, JSON may make more of it. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;
/** A watch that ends sooner without a word is a failure, as in client-go. */
const SHORT_WATCH_MS = 1_000;
const MIN_WATCH_SECONDS = 300;

class ListWatchInformer<T extends KubernetesObject> implements Informer<T> {
  readonly #client: KubernetesClient;
  readonly #selection: InformerSelection;
  readonly #handlers: InformerHandlers<T>;
  readonly #keep: (object: T) => T;
  readonly #silenceMs: number;
  readonly #backOff: BackOff;
  readonly #store: ObjectStore<T>;
  readonly #stopping = new AbortController();
  readonly #synced: Promise<void>;
  #setSynced: () => void = () => undefined;
  #running: Promise<void> | undefined;
  #resourceVersion: string | undefined;

  constructor(
    client: KubernetesClient,
    selection: InformerSelection,
    handlers: InformerHandlers<T>,
    options: InformerOptions<T>,
  ) {
    this.#client = client;
    this.#selection = selection;
    this.#handlers = handlers;
    this.#keep = options.keep ?? ((object) => object);
    this.#silenceMs = options.silenceMs ?? 150_000;
    this.#backOff = new BackOff({
      initialMs: options.initialBackOffMs ?? 800,
      maxMs: options.maxBackOffMs ?? 30_000,
    });
    this.#store = new ObjectStore(this.#guarded());
    this.#synced = new Promise((resolve) => {
      this.#setSynced = resolve;
    });
  }

  start(): Promise<void> {
    this.#running ??= this.#run();
    return this.#synced;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#setSynced();
    await this.#running;
  }

  list(): T[] {
    return this.#store.list();
  }

  get(name: string, namespace?: string): T | undefined {
    return this.#store.get(name, namespace);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        this.#resourceVersion ??= await this.#list();
        await this.#watch(this.#resourceVersion);
        this.#backOff.reset();
      } catch (error) {
        // `stop` may have been called meanwhile, which the type checker cannot see.
        if (signal.aborted as boolean) return;
        if (isExpired(error) || error instanceof WatchGap) this.#resourceVersion = undefined;
        if (!isExpired(error)) this.#handlers.onError?.(this.#brokenWatch(error));
        await sleep(this.#backOff.nextMs(), undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #list(): Promise<string | undefined> {
    const { path, ...selection } = this.#selection;
    const list = await this.#client.list<T>(path, selection, this.#stopping.signal, this.#keep);
    this.#store.replace(list.items);
    this.#guard(() => this.#handlers.onSynced?.());
    this.#setSynced();
    return list.metadata.resourceVersion;
  }

  async #watch(from: string | undefined): Promise<void> {
    const { path, ...selection } = this.#selection;
    const startedMs = performance.now();
    let events = 0;
    const response = await this.#client.stream(
      path,
      {
        ...selection,
        watch: true,
        allowWatchBookmarks: true,
        resourceVersion: from,
        timeoutSeconds: Math.floor(MIN_WATCH_SECONDS * (1 + Math.random())),
      },
      this.#stopping.signal,
    );
    this.#guard(() => this.#handlers.onWatching?.());
    const bounds = { silenceMs: this.#silenceMs, maxLineBytes: MAX_LINE_BYTES };
    for await (const event of readWatchEvents<T>(response, bounds)) {
      if (event.type === 'ERROR') throw apiError(`watching ${path}`, event.object);
      if (event.type === 'DELETED') this.#store.delete(event.object);
      else if (event.type !== 'BOOKMARK') this.#store.set(this.#keep(event.object));
      this.#resourceVersion = event.object.metadata.resourceVersion;
      events += 1;
      this.#backOff.reset();
    }
    if (events === 0 && performance.now() - startedMs < SHORT_WATCH_MS) {
      throw new Error(`the watch of ${path} was ended at once`);
    }
  }

  #brokenWatch(error: unknown): BellowsError {
    if (BellowsError.is(error)) return error;
    const fact = error instanceof Error ? error.message : String(error);
    return new BellowsError(
      'ERR_KUBERNETES_UNREACHABLE',
      `the watch of ${this.#selection.path} on ${this.#client.server} broke: ${fact}`,
      { cause: error },
    );
  }

  /** Handlers are others' code: what one throws must not end the watch, nor keep the store from the next change. */
  #guarded(): ObjectHandlers<T> {
    return {
      onAdd: (object) => {
        this.#guard(() => this.#handlers.onAdd?.(object));
      },
      onUpdate: (object, previous) => {
        this.#guard(() => this.#handlers.onUpdate?.(object, previous));
      },
      onDelete: (object) => {
        this.#guard(() => this.#handlers.onDelete?.(object));
      },
    };
  }

  #guard(handler: () => void): void {
    try {
      handler();
    } catch (error) {
      this.#handlers.onError?.(error);
    }
  }
}

function isExpired(error: unknown): boolean {
  return apiStatusOf(error)?.code === 410;
}
