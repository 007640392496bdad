import type { LabelSelector } from '@bellows/core';
import type { KubernetesObject } from '@bellows/kubernetes';
import type { ScrapeTarget } from '../scraper.ts';
import type { ScrapablePort } from './scrapable-pod.ts';

/** What is read of a Pod. */
export interface Pod extends KubernetesObject {
  readonly spec?: {
    readonly hostNetwork?: boolean;
    readonly containers?: readonly { readonly ports?: readonly ScrapablePort[] }[];
  };
  readonly status?: { readonly phase?: string; readonly podIP?: string };
}

/** A pod of a cluster with where it is scraped. */
export interface DiscoveredPod {
  /** `metadata.name`. */
  readonly name: string;
  /** `metadata.uid`. */
  readonly uid: string;
  /** `metadata.namespace`. */
  readonly namespace: string;
  /** `metadata.labels`. */
  readonly labels: Readonly<Record<string, string>>;
  /** Whether it runs and is not terminating. */
  readonly isLive: boolean;
  /** Its pages. */
  readonly targets: readonly ScrapeTarget[];
  /** Why it has no target; undefined when it has. */
  readonly problem?: string;
}

/** What is read of a Service. */
export interface Service extends KubernetesObject {
  readonly spec?: {
    readonly selector?: Readonly<Record<string, string>>;
    readonly ports?: readonly {
      readonly name?: string;
      readonly port: number;
      readonly targetPort?: number | string;
    }[];
  };
}

/**
 * What is read of a PodMonitor or ServiceMonitor: which objects, and port, path and scheme. Nothing that names a
 * Secret is.
 *
 * @see prometheus-operator/prometheus-operator v0.85.0 pkg/apis/monitoring/v1
 */
export interface Monitor extends KubernetesObject {
  readonly spec?: {
    readonly selector?: LabelSelector;
    readonly namespaceSelector?: {
      readonly any?: boolean;
      readonly matchNames?: readonly string[];
    };
    /** Of a PodMonitor. */
    readonly podMetricsEndpoints?: readonly MonitorEndpoint[];
    /** Of a ServiceMonitor. */
    readonly endpoints?: readonly MonitorEndpoint[];
  };
}

/** Where a monitor says that pages are. */
export interface MonitorEndpoint {
  /** Name of a port: of the pod's containers, or of the Service. */
  readonly port?: string;
  /** Number of a container's port. */
  readonly portNumber?: number;
  /** Number or name of a container's port. */
  readonly targetPort?: number | string;
  readonly path?: string;
  readonly scheme?: string;
}
