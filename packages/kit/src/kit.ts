import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import type { AdminAddress } from './admin/admin-server.ts';
import type { Check, CheckFunction, CheckOptions } from './checks/check.ts';
import type { Guards } from './guards/guards.ts';
import type { Scope } from './scope/scope.ts';
import type { Startup } from './checks/startup.ts';
import type { Closer, CloserOptions } from './drain/closers.ts';
import type { AttachableServer } from './http/attachable-server.ts';
import type { AnyRequest } from './http/request-record.ts';
import type { ShedReason } from './http/shed-reason.ts';
import type { ForeignRegistry } from './instruments/foreign-registry.ts';
import type {
  Counter,
  Gauge,
  CounterOptions,
  GaugeOptions,
  Histogram,
  HistogramOptions,
  Summary,
  SummaryOptions,
} from './instruments/instrument.ts';
import type { Phase } from './phase.ts';
import type { Limit, LimitOptions } from './limit/limit.ts';
import type { Queue, QueueOptions, Work } from './queue/queue.ts';

/** How a drain ended. */
export interface DrainResult {
  /** Requests, upgraded connections and queued items that were there or came during the drain, and ended. */
  readonly drained: number;
  /** Requests, upgraded connections and queued items that were cut because their time was up; 0 after a clean drain. */
  readonly aborted: number;
  /** Connections that were cut with a part of a request on them: its headers did not get complete in 2 s. */
  readonly lost: number;
  /**
   * Upgrades that were refused with 503, and requests behind an answer that said `Connection: close`, which were not
   * begun: their sender knows, and can give them to another replica.
   */
  readonly refused: number;
  /** Names of the closers that failed or took too long. */
  readonly failedClosers: readonly string[];
}

/** What runs inside a service to make it fit to be scaled. */
export interface Kit {
  /**
   * Starts the admin server and takes over the signals. Resolves when probes are answered. A second call returns the
   * first one's promise.
   * @throws BellowsError, as rejection: `ERR_KIT_ADMIN_LISTEN` when nothing can listen at the admin address. A port
   * that is in use is no error: a free one is taken, and said in the log.
   */
  start(): Promise<void>;
  /**
   * Counts the server's requests and connections, and drains it: the service never closes it itself. Call it before
   * the server listens; a second call for the same server does nothing.
   * @throws BellowsError `ERR_KIT_OPTION` for anything but a server of `node:http`, `node:https` or `node:http2`.
   */
  attach(server: AttachableServer): void;
  /** Names the request's route, as a pattern such as `/items/:id`; without it the `route` label is `unknown`. */
  setRoute(request: AnyRequest, route: string): void;
  /**
   * Aborts when the request is cut at the end of a drain, or its client has gone. Made on first use. For the request
   * of an `upgrade` or `CONNECT` it aborts when its connection is about to be cut, or has closed.
   */
  abortSignal(request: AnyRequest): AbortSignal;
  /** Seconds until the request's deadline, 0 when it is over, Infinity without one: see `requestTimeoutSeconds`. */
  timeLeftSeconds(request: AnyRequest): number;
  /**
   * Refuses the request: 503 with a `Retry-After` of 1 to 4 seconds, counted under `reason`. Does nothing once
   * headers are sent.
   */
  shed(response: ServerResponse | Http2ServerResponse, reason: ShedReason): void;
  /**
   * Creates a bounded queue, which is drained with the requests.
   * @throws BellowsError `ERR_KIT_OPTION` for a bad option or a name that is taken.
   */
  queue<T>(options: QueueOptions<T>, work: Work<T>): Queue<T>;
  /**
   * Creates a bound on what runs at once, for requests (`handler`, `middleware`) and for any other work (`run`).
   * Probes and metrics have a port of their own and never meet it.
   * @throws BellowsError `ERR_KIT_OPTION` for a bad option or a name that is taken.
   */
  limit(options: LimitOptions): Limit;
  /** Creates a counter. @throws BellowsError `ERR_KIT_METRIC` for a bad or taken name, or bad labels. */
  counter<Name extends string = never>(options: CounterOptions<Name>): Counter<Name>;
  /** Creates a gauge. @throws BellowsError `ERR_KIT_METRIC` for a bad or taken name, or bad labels. */
  gauge<Name extends string = never>(options: GaugeOptions<Name>): Gauge<Name>;
  /** Creates a histogram. @throws BellowsError `ERR_KIT_METRIC` for a bad or taken name, bad labels or buckets. */
  histogram<Name extends string = never>(options: HistogramOptions<Name>): Histogram<Name>;
  /** Creates a summary. @throws BellowsError `ERR_KIT_METRIC` for a bad or taken name, bad labels or percentiles. */
  summary<Name extends string = never>(options: SummaryOptions<Name>): Summary<Name>;
  /**
   * Serves the metrics of a registry of prom-client or @prometheus-io/client at the admin port, too. They are read every
   * `collectIntervalSeconds` on the main thread, one metric after the other. Where a name is taken, what came first is
   * served, and `bellows_metric_clashes` names the other one.
   * @throws BellowsError `ERR_KIT_OPTION` for anything but such a registry, or one that writes OpenMetrics.
   */
  exposeRegistry(registry: ForeignRegistry): void;
  /** Opens the start gate, unless something blocks it: until then `/readyz` and `/startupz` fail. */
  ready(): void;
  /** What else the start waits for. */
  readonly startup: Startup;
  /**
   * Adds a check of readiness, never of liveness: `/readyz` fails while its last result is a failure, is too old or has
   * not come yet. It runs on a schedule of its own from the kit's start on, not because a probe asks.
   * @param name - Its part of `/readyz/NAME`: 1 to 64 letters, digits, `_`, `.` or `-`.
   * @param look - Fails by throwing. One that throws, hangs or takes too long is counted and fails the check.
   * @throws BellowsError `ERR_KIT_OPTION` for a bad option, a name that is taken, or the 65th check.
   */
  check(name: string, look: CheckFunction, options?: CheckOptions): Check;
  /**
   * A scope for work beside an answer. With a request: the scope of that request, whose tasks are aborted when its
   * response ends, but for those that say that they outlive it. Without: the scope of the process.
   */
  scope(request?: AnyRequest): Scope;
  /** Bounds for what the service waits for: database pools, Redis, HTTP clients. */
  readonly guards: Guards;
  /**
   * Runs `closer` when the work is drained: the last one registered first, or in the order that `after` gives, each
   * within its own time.
   * @throws BellowsError `ERR_KIT_OPTION` for a bad timeout, or an order that is a circle.
   */
  onClose(name: string, closer: Closer, options?: CloserOptions): void;
  /**
   * Aborts when the drain begins: the moment for a consumer to stop fetching, for a schedule to start nothing more,
   * for a long poll to be answered. What is under way goes on; its own signal is {@link Kit.abortSignal}.
   */
  readonly drainSignal: AbortSignal;
  /**
   * Drains servers and queues, then runs the closers. A second call returns the first one's promise. The admin server
   * stays until {@link Kit.stop}. On a kit that is stopped it does nothing, and its result is empty.
   * @param reason - Said in the log, such as `SIGTERM`. @defaultValue 'drain'
   */
  drain(reason?: string): Promise<DrainResult>;
  /** Where probes and metrics are served; undefined before `start` and after `stop`. */
  readonly adminAddress: AdminAddress | undefined;
  /** Where the service is in its life. */
  readonly phase: Phase;
  /**
   * Lets go of everything the kit holds, at once: admin server, timers, signals. Does not drain; a drain that is under
   * way cuts what it still waits for. Resolves when nothing of it is left, a start or the work of a drain under way
   * included (`abortGraceSeconds` at most), but not its closers. A second call returns the first one's promise. A
   * stopped kit does not start again.
   */
  stop(): Promise<void>;
}
