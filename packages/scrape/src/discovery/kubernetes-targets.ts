import {
  apiStatusOf,
  createInformer,
  resourcePath,
  type Informer,
  type KubernetesClient,
  type KubernetesObject,
} from '@bellows/kubernetes';
import type { ScrapeTarget } from '../scraper.ts';
import type { DiscoveredPod, Monitor, Pod, Service } from './kubernetes-shapes.ts';
import { podsInCluster } from './targets-in-cluster.ts';

/** Options of {@link createKubernetesTargets}. */
export interface KubernetesTargetsOptions {
  /** The cluster. */
  readonly client: KubernetesClient;
  /** Only the pods of this namespace, and monitors and Services in it. @defaultValue all namespaces */
  readonly namespace?: string;
  /**
   * Pods on their node's network have the node's address, so that an annotation could lead to any port of the
   * node: they are left out unless this is set. @defaultValue false
   */
  readonly includeHostNetwork?: boolean;
  /**
   * Pods whose address is of the machine itself, as where pods are processes: they are left out unless this is set.
   *
   * @defaultValue false
   */
  readonly includeLoopback?: boolean;
  /** Which pods are meant; asked again after each change and by `refresh`. @defaultValue all */
  readonly selects?: (pod: KubernetesObject) => boolean;
  /** Told all targets, once they are known and after each change, and the pods, also those without a target. */
  readonly targetsChanged: (
    targets: readonly ScrapeTarget[],
    pods: readonly DiscoveredPod[],
  ) => void;
  /** Told that something cannot be read, such as Services for lack of rights; it is tried again. */
  readonly failed?: (error: unknown) => void;
}

/** Follows a cluster's pods and monitors. */
export interface KubernetesTargets {
  /** Begins to watch; resolves when the targets are known, or when it is stopped before. */
  start(): Promise<void>;
  /** Tells the targets again, if they are known, since what `selects` says has changed. */
  refresh(): void;
  /** Ends the watches. Idempotent. */
  stop(): Promise<void>;
}

/** Changes of so long are told at once, in milliseconds: many pods come and go together. */
const GATHER_MS = 50;
const MONITORING = 'monitoring.coreos.com/v1';
const HTTP_NOT_FOUND = 404;

/**
 * Creates a source of targets from a cluster: its pods by their annotations and port names, or by the PodMonitors
 * and ServiceMonitors that select them, where the cluster has such. It needs the right to list and watch pods,
 * Services, PodMonitors and ServiceMonitors; it reads no Secret.
 */
export function createKubernetesTargets(options: KubernetesTargetsOptions): KubernetesTargets {
  return new WatchedTargets(options);
}

class WatchedTargets implements KubernetesTargets {
  readonly #options: KubernetesTargetsOptions;
  readonly #informers: readonly Informer<KubernetesObject>[];
  readonly #settled: Promise<unknown>;
  #isKnown = false;
  #isStopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: KubernetesTargetsOptions) {
    this.#options = options;
    const settled: Promise<void>[] = [];
    const watch = <T extends KubernetesObject>(
      apiVersion: string,
      resource: string,
      keep?: (object: T) => T,
    ): Informer<T> => {
      let settle: () => void = () => undefined;
      settled.push(new Promise((resolve) => (settle = resolve)));
      return this.#watch<T>({ apiVersion, resource }, settle, keep);
    };
    const pods = watch<Pod>('v1', 'pods', readPart);
    const services = watch<Service>('v1', 'services');
    const podMonitors = watch<Monitor>(MONITORING, 'podmonitors');
    const serviceMonitors = watch<Monitor>(MONITORING, 'servicemonitors');
    this.#informers = [pods, services, podMonitors, serviceMonitors];
    const { selects = () => true } = options;
    // Where pods are processes of this machine, they share its address with the API server.
    const refusedAddresses = new Set(
      options.includeLoopback === true ? [] : [hostOf(options.client.server)],
    );
    this.#pods = () =>
      podsInCluster(pods.list().filter(selects), {
        podMonitors: podMonitors.list(),
        serviceMonitors: serviceMonitors.list(),
        services: services.list(),
        includeHostNetwork: options.includeHostNetwork ?? false,
        includeLoopback: options.includeLoopback ?? false,
        refusedAddresses,
      });
    // The pods are waited for; the others only until it is known whether they can be had.
    this.#settled = Promise.all(settled);
  }

  readonly #pods: () => readonly DiscoveredPod[];

  async start(): Promise<void> {
    const [pods, ...others] = this.#informers;
    for (const informer of others) void informer.start();
    await pods?.start();
    if (!this.#isStopped) await this.#settled;
    if (this.#isStopped) return;
    this.#isKnown = true;
    this.#tell();
  }

  refresh(): void {
    if (this.#isKnown && !this.#isStopped) this.#tell();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#informers.map((informer) => informer.stop()));
  }

  #watch<T extends KubernetesObject>(
    resource: { readonly apiVersion: string; readonly resource: string },
    settle: () => void,
    keep: ((object: T) => T) | undefined,
  ): Informer<T> {
    const { client, namespace, failed } = this.#options;
    const path = resourcePath({ ...resource, ...(namespace !== undefined && { namespace }) });
    let toldCode: number | undefined;
    const changed = (): void => {
      this.#changed();
    };
    return createInformer<T>(
      client,
      { path },
      {
        onAdd: changed,
        onUpdate: changed,
        onDelete: changed,
        onSynced: settle,
        onError: (error) => {
          settle();
          const code = apiStatusOf(error)?.code;
          // A cluster without the operator has no monitors: that is no failure. One that lasts is told once.
          if (resource.apiVersion === MONITORING && code === HTTP_NOT_FOUND) return;
          if (code !== undefined && code === toldCode) return;
          toldCode = code;
          failed?.(error);
        },
      },
      { ...(keep && { keep }) },
    );
  }

  #changed(): void {
    if (!this.#isKnown || this.#isStopped || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#tell();
    }, GATHER_MS);
  }

  #tell(): void {
    const pods = this.#pods();
    this.#options.targetsChanged(
      pods.flatMap(({ targets }) => targets),
      pods,
    );
  }
}

/** What is read of a pod: the rest, with what a thousand pods' managed fields hold, is let go. */
function readPart({ metadata, spec, status }: Pod): Pod {
  const { name, namespace, uid, resourceVersion, labels, annotations, deletionTimestamp } =
    metadata;
  const containers = (spec?.containers ?? []).map(({ ports = [] }) => ({ ports }));
  return {
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
      ...(labels && { labels }),
      ...(annotations && { annotations: scrapeAnnotations(annotations) }),
      ...(deletionTimestamp !== undefined && { deletionTimestamp }),
    },
    spec: { containers, hostNetwork: spec?.hostNetwork ?? false },
    status: {
      ...(status?.phase !== undefined && { phase: status.phase }),
      ...(status?.podIP !== undefined && { podIP: status.podIP }),
    },
  };
}

function scrapeAnnotations(
  annotations: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const read = Object.entries(annotations).filter(([name]) => name.startsWith('prometheus.io/'));
  return Object.fromEntries(read);
}

/** The API server's own address, where the URL names one. */
function hostOf(server: string): string {
  return URL.canParse(server) ? new URL(server).hostname.replace(/^\[|\]$/g, '') : '';
}
