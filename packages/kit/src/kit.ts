import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type {
  Counter,
  Gauge,
  Histogram,
  HistogramOptions,
  InstrumentOptions,
} from './instruments/instrument.ts';
import type { KitOptions } from './options/kit-options.ts';
import type { Queue, QueueOptions, Work } from './queue/queue.ts';

/** Where a service is in its life; it only moves to the right. */
export type Phase = 'starting' | 'ready' | 'draining' | 'closed';

/** Why a request was refused: the `reason` label of `http_requests_shed_total`. */
export type ShedReason = 'queue_full' | 'queue_timeout' | 'draining' | 'overload';

/** Where the admin server listens. */
export interface AdminAddress {
  readonly host: string;
  readonly port: number;
  /** Whether a worker thread serves it, so that it answers while the main loop is blocked. */
  readonly onWorker: boolean;
}

/** How a drain ended. */
export interface DrainResult {
  /** Requests and queued items that were there or came during the drain, and ended by themselves. */
  readonly drained: number;
  /** Requests and queued items that were cut because their time was up; 0 after a clean drain. */
  readonly aborted: number;
  /** Names of the closers that failed or took too long. */
  readonly failedClosers: readonly string[];
}

/** Ends something when the work is done, such as a database pool. */
export type Closer = () => void | Promise<void>;

/** What runs inside a service to make it fit to be scaled. */
export interface Kit {
  /**
   * Starts the admin server and takes over the signals. Resolves when probes are answered.
   * @throws BellowsError, as rejection: `ERR_KIT_ADMIN_LISTEN` when nothing can listen at the admin address. A port
   * that is in use is no error: a free one is taken, and said on stderr.
   */
  start(): Promise<void>;
  /** Counts the server's requests and connections, and drains it. Call it once per server, before it listens. */
  attach(server: HttpServer | HttpsServer): void;
  /** Names the request's route, as a pattern such as `/items/:id`; without it the `route` label is `unknown`. */
  setRoute(request: IncomingMessage, route: string): void;
  /** Aborts when the request is cut at the end of a drain, or its client has gone. Made on first use. */
  abortSignal(request: IncomingMessage): AbortSignal;
  /** Refuses the request: 503 with a `Retry-After` of some seconds, counted under `reason`. Does nothing once headers are sent. */
  shed(response: ServerResponse, reason: ShedReason): void;
  /** Creates a bounded queue, which is drained with the requests. */
  createQueue<T>(options: QueueOptions, work: Work<T>): Queue<T>;
  /** Creates a counter. @throws BellowsError `ERR_KIT_METRIC` for a bad or taken name, or bad labels. */
  counter<Name extends string = never>(options: InstrumentOptions<Name>): Counter<Name>;
  /** Creates a gauge. @throws BellowsError `ERR_KIT_METRIC` for a bad or taken name, or bad labels. */
  gauge<Name extends string = never>(options: InstrumentOptions<Name>): Gauge<Name>;
  /** Creates a histogram. @throws BellowsError `ERR_KIT_METRIC` for a bad or taken name, bad labels or buckets. */
  histogram<Name extends string = never>(options: HistogramOptions<Name>): Histogram<Name>;
  /** Opens the start gate: until then `/readyz` and `/startupz` fail. */
  ready(): void;
  /** Runs `closer` when the work is drained: the last one registered first, each within `closerTimeoutSeconds`. */
  onClose(name: string, closer: Closer): void;
  /**
   * Drains servers and queues, then runs the closers. A second call returns the first one's promise.
   * @param reason - Said in the log, such as `SIGTERM`. @defaultValue 'drain'
   */
  drain(reason?: string): Promise<DrainResult>;
  /** Where probes and metrics are served; undefined before `start` and after `stop`. */
  readonly adminAddress: AdminAddress | undefined;
  readonly phase: Phase;
  /** Lets go of everything the kit holds, at once: admin server, timers, signals. Does not drain. */
  stop(): Promise<void>;
}

/** Creates a kit. It does nothing until `start`. @throws BellowsError `ERR_KIT_OPTION` naming the option, its range and what came. */
export declare function createKit(options?: KitOptions): Kit;
