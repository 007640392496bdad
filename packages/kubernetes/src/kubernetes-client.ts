import type { IncomingMessage } from 'node:http';
import { createClusterConnection, type ClusterConnection } from './config/cluster-connection.ts';
import type { KubeConfigOptions } from './config/load-kube-config.ts';
import { apiStatusOf } from './http/api-status.ts';
import { unreachable } from './http/api-error.ts';
import { openExchange, readText } from './http/exchange.ts';
import { listAllPages } from './http/list-all-pages.ts';
import type { KubernetesList, KubernetesObject } from './kubernetes-object.ts';

/** Options of {@link createKubernetesClient}. */
export interface KubernetesClientOptions extends KubeConfigOptions {
  /** An answer must begin, and once begun end, within this time, in milliseconds. @defaultValue 30000 */
  readonly timeoutMs?: number;
  /** Sent as `User-Agent`, which audit logs show. @defaultValue 'bellows' */
  readonly userAgent?: string;
  /** Largest answer that is read, in bytes; a list is read in pages of 500. @defaultValue 67108864 */
  readonly maxAnswerBytes?: number;
}

/** Query parameters; those that are `undefined` are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** What a request that changes something says. */
export interface WriteOptions {
  /** Query parameters, such as `fieldManager`. */
  readonly query?: Query;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** What the body is, such as `application/merge-patch+json`. @defaultValue 'application/json' */
  readonly contentType?: string;
  /** Ends the request. */
  readonly signal?: AbortSignal;
}

/** Which objects of a collection are meant. */
export interface ListSelection {
  /** Label selector, such as `app=shop,tier in (web,db)`. @defaultValue all objects */
  readonly labelSelector?: string;
  /** Field selector, such as `spec.nodeName=node-1`. @defaultValue all objects */
  readonly fieldSelector?: string;
}

/**
 * Talks to one API server. Every method throws a BellowsError: `ERR_KUBERNETES_UNREACHABLE`, `ERR_KUBERNETES_UNAUTHORIZED`,
 * `ERR_KUBERNETES_FORBIDDEN`, `ERR_KUBERNETES_NOT_FOUND` or `ERR_KUBERNETES_API`; `apiStatusOf(error)` is what the
 * API server said.
 */
export interface KubernetesClient {
  /** URL of the API server. */
  readonly server: string;
  /** The kubeconfig's context. */
  readonly context: string;
  /** The context's namespace; `default` when it names none. */
  readonly namespace: string;
  /** Reads one object, or anything else the API serves as JSON. */
  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T>;
  /**
   * Reads a collection, page by page; when a page's token expires, from the beginning.
   *
   * @param keep - Makes of each object what is kept of it, before the next page is read. @defaultValue all of it is kept
   */
  list<T extends KubernetesObject>(
    path: string,
    selection?: ListSelection,
    signal?: AbortSignal,
    keep?: (object: T) => T,
  ): Promise<KubernetesList<T>>;
  /** Changes something. */
  write<T>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    options?: WriteOptions,
  ): Promise<T>;
  /** Opens an answer that goes on, such as a watch or a log; the caller reads and destroys it. */
  stream(path: string, query: Query, signal: AbortSignal): Promise<IncomingMessage>;
  /**
   * The same client, connections and credentials, with requests that say what form of an answer is wanted, such as
   * `application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io`.
   *
   * @param streamed - What is wanted of `stream`: a watch of partial objects gives them one by one, and no lists.
   *   @defaultValue mediaTypes
   */
  accepting(mediaTypes: string, streamed?: string): KubernetesClient;
  /** Closes the connections that wait for a next request. Idempotent. */
  close(): void;
}

const DEFAULTS = { timeoutMs: 30_000, userAgent: 'bellows', maxAnswerBytes: 64 * 1024 * 1024 };

/**
 * Makes a client for the cluster of a kubeconfig, or of the pod this runs in. Nothing is sent yet. Kubernetes' own client
 * reads the kubeconfig and gets the credentials; it is loaded by this call.
 *
 * @throws BellowsError `ERR_KUBERNETES_CONFIG`.
 */
export async function createKubernetesClient(
  options: KubernetesClientOptions = {},
): Promise<KubernetesClient> {
  return new ConnectedClient(await createClusterConnection(options), options);
}

class ConnectedClient implements KubernetesClient {
  readonly #connection: ClusterConnection;
  readonly #options: typeof DEFAULTS;
  readonly #accept: string;
  readonly #acceptStreamed: string;

  constructor(
    connection: ClusterConnection,
    options: KubernetesClientOptions,
    accept = 'application/json',
    acceptStreamed = accept,
  ) {
    this.#connection = connection;
    this.#options = { ...DEFAULTS, ...options };
    this.#accept = accept;
    this.#acceptStreamed = acceptStreamed;
  }

  get server(): string {
    return this.#connection.server;
  }

  get context(): string {
    return this.#connection.context;
  }

  get namespace(): string {
    return this.#connection.namespace;
  }

  async get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
    return this.#readJson<T>('GET', path, { query, ...(signal && { signal }) });
  }

  async list<T extends KubernetesObject>(
    path: string,
    selection: ListSelection = {},
    signal?: AbortSignal,
    keep?: (object: T) => T,
  ): Promise<KubernetesList<T>> {
    return listAllPages((page) => this.get(path, { ...selection, ...page }, signal), keep);
  }

  async write<T>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    options: WriteOptions = {},
  ): Promise<T> {
    return this.#readJson<T>(method, path, options);
  }

  async stream(path: string, query: Query, signal: AbortSignal): Promise<IncomingMessage> {
    return this.#open('GET', path, { query, signal }, this.#acceptStreamed);
  }

  accepting(mediaTypes: string, streamed?: string): KubernetesClient {
    return new ConnectedClient(this.#connection, this.#options, mediaTypes, streamed);
  }

  close(): void {
    this.#connection.close();
  }

  async #readJson<T>(method: string, path: string, options: WriteOptions): Promise<T> {
    const response = await this.#open(method, path, options);
    try {
      const text = await readText(response, this.#options.maxAnswerBytes, this.#options.timeoutMs);
      return JSON.parse(text) as T;
    } catch (cause) {
      throw unreachable(this.server, cause);
    }
  }

  /** A token may have been renewed on disk since it was read, so that one refusal is not the end. */
  async #open(
    method: string,
    path: string,
    options: WriteOptions,
    accept = this.#accept,
  ): Promise<IncomingMessage> {
    try {
      return await this.#openOnce(method, path, options, accept);
    } catch (error) {
      if (apiStatusOf(error)?.code !== 401) throw error;
      await this.#connection.renew();
      return this.#openOnce(method, path, options, accept);
    }
  }

  async #openOnce(
    method: string,
    path: string,
    options: WriteOptions,
    accept: string,
  ): Promise<IncomingMessage> {
    const { headers, ...rest } = await this.#connection.requestOptions();
    return openExchange({
      server: this.server,
      method,
      path: path + queryText(options.query ?? {}),
      options: rest,
      headers: {
        ...(headers as Record<string, string>),
        accept,
        'user-agent': this.#options.userAgent,
      },
      timeoutMs: this.#options.timeoutMs,
      signal: options.signal,
      ...(options.body !== undefined && { body: options.body }),
      ...(options.contentType !== undefined && { contentType: options.contentType }),
    });
  }
}

function queryText(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
