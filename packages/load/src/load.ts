/** One line of a load profile. */
export interface ProfilePoint {
  /** Seconds since the load's start. */
  readonly atSeconds: number;
  /** Arrivals a second at that time; between two points it changes linearly. */
  readonly requestsPerSecond: number;
}

/** One kind of request, sent in proportion to its weight. */
export interface RequestTemplate {
  readonly weight: number;
  readonly method: string;
  /** `{1..200}` becomes a number drawn at random. */
  readonly path: string;
  readonly body?: string;
}

/** How the arrivals go and what they ask for. */
export interface LoadProfile {
  /**
   * Rising in time, at least one; a single point is a constant load. Before the first point its rate
   * holds, after the last one its rate too (where the load is asked to go on longer).
   */
  readonly points: readonly ProfilePoint[];
  /** At least one. */
  readonly requests: readonly RequestTemplate[];
}

/** Options of {@link createLoad}. */
export interface LoadOptions {
  /** `http://host:port`. */
  readonly target: string;
  readonly profile: LoadProfile;
  /**
   * How long arrivals go on, in seconds.
   * @defaultValue the time of the profile's last point; without an end when the profile has one point
   */
  readonly durationSeconds?: number;
  /** Same seed, same arrivals. @defaultValue 1 */
  readonly seed?: number;
  /** A request not answered in full by then is lost, in milliseconds. @defaultValue 10000 */
  readonly timeoutMs?: number;
  /**
   * A connection is closed by the client after about so many requests (half to one and a half times).
   * Fewer spread the load faster over new endpoints. @defaultValue 5
   */
  readonly requestsPerConnection?: number;
  /** Most connections at once; arrivals beyond wait and the wait counts as latency. @defaultValue 1024 */
  readonly maxConnections?: number;
}

/** Ways to lose a request. */
export type LossKind = 'refused' | 'reset' | 'truncated' | 'timedOut' | 'serverError';

/** What became of every request; `sent = answered + shed + lost + inFlight`. */
export interface LoadAccount {
  readonly sent: number;
  /** Complete answers below 500. */
  readonly answered: number;
  /** Deliberate refusals: 429, or 503 with `Retry-After`. */
  readonly shed: number;
  readonly lost: number;
  readonly inFlight: number;
  /** Each loss by kind, on a new or a reused connection. */
  readonly lostBy: Readonly<
    Record<LossKind, { readonly newConnection: number; readonly reusedConnection: number }>
  >;
  /** Of answered requests, from their arrival; undefined before the first. */
  readonly latencySeconds:
    { readonly p50: number; readonly p90: number; readonly p99: number } | undefined;
  /** Same, over the last second only: for a live view. */
  readonly lastSecond: {
    readonly arrivals: number;
    readonly latencySeconds: { readonly p50: number; readonly p99: number } | undefined;
  };
  /** Losses in order, at most the first 100, with what is known of each. */
  readonly losses: readonly {
    readonly atMs: number;
    readonly kind: LossKind;
    readonly request: string;
    readonly reusedConnection: boolean;
    readonly detail: string;
  }[];
}

/** A running load. */
export interface Load {
  /** Starts the arrivals. */
  start(): void;
  /** Arrivals a second the profile asks for now; 0 before start and after the end. */
  offeredPerSecond(): number;
  account(): LoadAccount;
  /** Resolves when all arrivals are over and every request is accounted for. */
  readonly done: Promise<LoadAccount>;
  /** Ends the arrivals now; `done` resolves when requests in flight have ended. */
  stop(): void;
}
