/** One line of a load profile. */
export interface ProfilePoint {
  /** Seconds since the load's start. */
  readonly atSeconds: number;
  /** Arrivals a second at that time; between two points it changes linearly. */
  readonly requestsPerSecond: number;
}

/** One kind of request, sent in proportion to its weight. */
export interface RequestTemplate {
  /** Share of the arrivals relative to the other templates; above 0, in a profile at most a million. */
  readonly weight: number;
  /** In capitals, such as `GET`. */
  readonly method: string;
  /** `{1..200}` becomes a number drawn at random. */
  readonly path: string;
  /** Sent as it stands; absent: no body. */
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
  /** See `parseLoadProfile` for the form in a file. */
  readonly profile: LoadProfile;
  /**
   * How long arrivals go on, in seconds.
   * @defaultValue the time of the profile's last point; without an end when the profile has one point
   */
  readonly durationSeconds?: number;
  /** Same seed, same arrivals. @defaultValue 1 */
  readonly seed?: number;
  /**
   * How arrivals lie in time: as independent customers come (`poisson`), or each where the profile has asked for one more (`even`), so that
   * a rate measured over a short time does not vary.
   * @defaultValue poisson
   */
  readonly arrivals?: 'poisson' | 'even';
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

/**
 * Ways to lose a request:
 *
 * - `refused`: no connection could be made;
 * - `reset`: the connection was reset, or ended before the headers of the answer were complete;
 * - `truncated`: the answer ended within its body;
 * - `timedOut`: no complete answer within `timeoutMs`;
 * - `serverError`: a complete answer of 500 or above that is not shed, or bytes that are no HTTP/1.1 answer.
 */
export type LossKind = 'refused' | 'reset' | 'truncated' | 'timedOut' | 'serverError';

/** Losses of one kind, by the connection the request was sent on. */
export interface LossCounts {
  /** The request was the first on its connection, or got none before it was lost. */
  readonly newConnection: number;
  /** The connection had carried a request before: a keep-alive race is one of these. */
  readonly reusedConnection: number;
}

/** Latencies in seconds that a share of the answers stayed within. */
export interface LatencyQuantiles {
  /** Half of the answers. */
  readonly p50: number;
  /** Nine of ten. */
  readonly p90: number;
  /** All but one of a hundred. */
  readonly p99: number;
}

/** A load's last second, in steps of a tenth of a second. */
export interface LastSecondAccount {
  /** Requests that the profile asked for in it, whether or not they found a connection. */
  readonly arrivals: number;
  /** Of requests answered in it, from their arrival; undefined when none was. */
  readonly latencySeconds: Pick<LatencyQuantiles, 'p50' | 'p99'> | undefined;
}

/** A request that was lost. */
export interface Loss {
  /** When it was known to be lost, in milliseconds since the epoch. */
  readonly atMs: number;
  /** How it was lost. */
  readonly kind: LossKind;
  /** Method and path as they were sent, such as `GET /items/7`. */
  readonly request: string;
  /** Whether its connection had carried a request before; false too when it got none. */
  readonly reusedConnection: boolean;
  /** What was seen, such as `status 500` or `read ECONNRESET`. */
  readonly detail: string;
}

/** What became of every request; `sent = answered + shed + lost + inFlight`. */
export interface LoadAccount {
  /** Arrivals so far, those that still wait for a connection included. */
  readonly sent: number;
  /** Complete answers below 500. */
  readonly answered: number;
  /** Deliberate refusals: 429, or 503 with `Retry-After`. */
  readonly shed: number;
  /** Neither answered nor shed; the sum of `lostBy`. */
  readonly lost: number;
  /** Arrivals whose end is not known yet, those that wait for a connection included. */
  readonly inFlight: number;
  /** Each loss by kind, on a new or a reused connection. */
  readonly lostBy: Readonly<Record<LossKind, LossCounts>>;
  /** Of answered requests, from their arrival, exact to 1 %; undefined before the first. */
  readonly latencySeconds: LatencyQuantiles | undefined;
  /** What happened in the last second only: for a live view. */
  readonly lastSecond: LastSecondAccount;
  /** Losses in order, at most the first 100, with what is known of each. */
  readonly losses: readonly Loss[];
}

/** A running load. */
export interface Load {
  /** Starts the arrivals. */
  start(): void;
  /** Arrivals a second the profile asks for now; 0 before start and after the end. */
  offeredPerSecond(): number;
  /** What has become of the requests until now; a copy. */
  account(): LoadAccount;
  /** Resolves when all arrivals are over and every request is accounted for. */
  readonly done: Promise<LoadAccount>;
  /** Ends the arrivals now; `done` resolves when requests in flight have ended. */
  stop(): void;
}
