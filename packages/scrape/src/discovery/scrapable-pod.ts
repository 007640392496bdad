/** What a scraper needs to know of a pod, whoever runs it. */
export interface ScrapablePod {
  /** `metadata.name`. */
  readonly name: string;
  /** `metadata.uid`. */
  readonly uid: string;
  /** `metadata.namespace`; without it no token is ever sent. */
  readonly namespace?: string;
  /** `metadata.annotations`. */
  readonly annotations: Readonly<Record<string, string>>;
  /** `status.podIP`; undefined before it has one. */
  readonly ip: string | undefined;
  /** `status.phase`. */
  readonly phase: string;
  /** Whether `metadata.deletionTimestamp` is set. */
  readonly isTerminating: boolean;
  /** All containers' ports, in order. */
  readonly ports: readonly ScrapablePort[];
}

/** A container's port. */
export interface ScrapablePort {
  /** Its name, if it has one. */
  readonly name?: string | undefined;
  /** Its number in the pod. */
  readonly containerPort: number;
}

/** Where in a pod a page is. */
export interface PodEndpoint {
  /** Number in the pod, 1 to 65535. */
  readonly port: number;
  /** Begins with a slash; may have a query. */
  readonly path: string;
  /** How it is asked for. */
  readonly scheme: 'http' | 'https';
}
