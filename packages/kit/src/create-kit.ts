import { Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Server as HttpsServer } from 'node:https';
import { BellowsError } from '@bellows/core';
import { AdminServer, type AdminAddress } from './admin/admin-server.ts';
import { WORKER_SOURCE } from './admin/worker-bundle.ts';
import { Bell } from './drain/bell.ts';
import { Closers, type Closer } from './drain/closers.ts';
import { runDrain, type DrainCount } from './drain/drain.ts';
import { HttpMetrics } from './http/http-metrics.ts';
import { HttpServerTracker } from './http/http-server-tracker.ts';
import { recordOf } from './http/request-record.ts';
import { answerShed } from './http/shed-response.ts';
import type { ShedReason } from './http/shed-reason.ts';
import type {
  Counter,
  Gauge,
  Histogram,
  HistogramOptions,
  InstrumentOptions,
} from './instruments/instrument.ts';
import { MetricRegistry } from './instruments/metric-registry.ts';
import type { DrainResult, Kit } from './kit.ts';
import { ControlBlock } from './memory/control-block.ts';
import { startHeartbeat, type HeartbeatTimer } from './memory/heartbeat.ts';
import type { KitOptions } from './options/kit-options.ts';
import { normalizeOptions, type NormalizedOptions } from './options/normalize-options.ts';
import type { Phase } from './phase.ts';
import { BoundedQueue, type DrainableQueue } from './queue/bounded-queue.ts';
import { normalizeQueueOptions } from './queue/queue-limits.ts';
import { QueueMetricFamilies } from './queue/queue-metrics.ts';
import type { Queue, QueueOptions, Work } from './queue/queue.ts';
import { reportHolders } from './shutdown/report-holders.ts';
import { handleSignals } from './shutdown/signal-handlers.ts';

/** Node's own `keepAliveTimeout`, in milliseconds: a server that still has it was not told otherwise. */
const NODE_KEEP_ALIVE_TIMEOUT_MS = 5_000;

/**
 * Creates a kit. It does nothing until `start`; the environment is read here.
 * @throws BellowsError `ERR_KIT_OPTION` naming the option, its range and what came.
 * @example
 * ```ts
 * const kit = createKit();
 * const server = createServer(handler);
 * kit.attach(server);
 * await kit.start();
 * server.listen(8080, () => kit.ready());
 * ```
 */
export function createKit(options: KitOptions = {}): Kit {
  return new ServiceKit(options);
}

class ServiceKit implements Kit {
  readonly #options: NormalizedOptions;
  readonly #log: (message: string) => void;
  readonly #control = new ControlBlock();
  readonly #registry: MetricRegistry;
  readonly #admin: AdminServer;
  readonly #httpMetrics: HttpMetrics;
  readonly #queueMetrics: QueueMetricFamilies;
  readonly #servers = new Map<HttpServer | HttpsServer, HttpServerTracker>();
  readonly #queues = new Map<string, DrainableQueue>();
  readonly #closers = new Closers();
  readonly #changes = new Bell();
  readonly #hurry = new AbortController();
  #heartbeat: HeartbeatTimer | undefined;
  #releaseSignals: (() => void) | undefined;
  #started: Promise<void> | undefined;
  #draining: Promise<DrainResult> | undefined;
  /** The drain's work, without its closers. */
  #working: Promise<DrainCount> | undefined;
  #stopped: Promise<void> | undefined;

  constructor(options: KitOptions) {
    this.#options = normalizeOptions(options, process.env);
    this.#log = options.log ?? writeLog;
    this.#registry = new MetricRegistry(this.#options.maxSeriesPerMetric);
    this.#httpMetrics = new HttpMetrics(this.#registry, this.#options.maxSeriesPerMetric);
    this.#queueMetrics = new QueueMetricFamilies(this.#registry);
    const restarts = this.#registry.counter({
      name: 'bellows_admin_worker_restarts_total',
      help: 'New admin worker threads after one that died.',
    });
    this.#admin = new AdminServer({
      config: {
        host: this.#options.adminHost,
        port: this.#options.adminPort,
        livenessStallMs: this.#options.livenessStallSeconds * 1000,
        readinessStallMs: this.#options.readinessStallSeconds * 1000,
        readinessWhileDraining: this.#options.readinessWhileDraining,
        startTimeSeconds: Date.now() / 1000 - process.uptime(),
      },
      control: this.#control,
      journal: this.#registry.journal,
      workerSource: this.#options.adminWorker ? WORKER_SOURCE : undefined,
      log: this.#log,
      onRestart: () => {
        restarts.inc();
      },
    });
  }

  get adminAddress(): AdminAddress | undefined {
    return this.#admin.address;
  }

  get phase(): Phase {
    return this.#control.phase;
  }

  start(): Promise<void> {
    this.#started ??= this.#start();
    return this.#started;
  }

  attach(server: HttpServer | HttpsServer): void {
    const given: unknown = server;
    if (!(given instanceof HttpServer || given instanceof HttpsServer)) {
      throw new BellowsError(
        'ERR_KIT_OPTION',
        `Expected \`server\` to be a server of node:http or node:https, got \`${typeof given}\``,
        { place: { field: 'server' }, remedy: 'Attach what http.createServer returned.' },
      );
    }
    if (this.#servers.has(server)) return;
    if (server.keepAliveTimeout === NODE_KEEP_ALIVE_TIMEOUT_MS) {
      server.keepAliveTimeout = this.#options.keepAliveTimeoutSeconds * 1000;
    }
    const tracker = new HttpServerTracker(server, this.#httpMetrics, () => {
      this.#changes.ring();
    });
    this.#servers.set(server, tracker);
    // A service that was told to end while it started: this server must not begin to serve.
    if (this.#draining !== undefined) {
      tracker.startDraining();
      tracker.stopListening();
    }
  }

  setRoute(request: IncomingMessage, route: string): void {
    const record = recordOf(request);
    if (record !== undefined) record.route = route;
  }

  abortSignal(request: IncomingMessage): AbortSignal {
    const record = recordOf(request);
    if (record === undefined) return this.#upgradeSignal(request) ?? this.#hurry.signal;
    record.controller ??= new AbortController();
    if (record.response.destroyed) record.controller.abort();
    return record.controller.signal;
  }

  #upgradeSignal({ socket }: IncomingMessage): AbortSignal | undefined {
    for (const tracker of this.#servers.values()) {
      const signal = tracker.upgradeSignal(socket);
      if (signal !== undefined) return signal;
    }
    return undefined;
  }

  shed(response: ServerResponse, reason: ShedReason): void {
    if (answerShed(response)) this.#httpMetrics.countShed(reason);
  }

  createQueue<T>(options: QueueOptions, work: Work<T>): Queue<T> {
    const limits = normalizeQueueOptions(options);
    if (this.#queues.has(limits.name)) {
      throw new BellowsError(
        'ERR_KIT_OPTION',
        `Expected \`name\` of a queue to be free, got \`${limits.name}\``,
        { place: { field: 'name' }, remedy: 'Create each queue once, under a name of its own.' },
      );
    }
    const queue = new BoundedQueue(work, limits, this.#queueMetrics.forQueue(limits.name), () => {
      this.#changes.ring();
    });
    this.#queues.set(limits.name, queue);
    // The drain does not know of it and would not wait for its items.
    if (this.#draining !== undefined) queue.refuse();
    return queue;
  }

  counter<Name extends string = never>(options: InstrumentOptions<Name>): Counter<Name> {
    return this.#registry.counter(options);
  }

  gauge<Name extends string = never>(options: InstrumentOptions<Name>): Gauge<Name> {
    return this.#registry.gauge(options);
  }

  histogram<Name extends string = never>(options: HistogramOptions<Name>): Histogram<Name> {
    return this.#registry.histogram(options);
  }

  ready(): void {
    if (this.phase === 'starting') this.#control.phase = 'ready';
  }

  onClose(name: string, closer: Closer): void {
    this.#closers.add(name, closer);
  }

  drain(reason = 'drain'): Promise<DrainResult> {
    if (this.#draining === undefined && this.phase === 'closed') {
      return Promise.resolve({ drained: 0, aborted: 0, failedClosers: [] });
    }
    this.#draining ??= this.#drain(reason);
    return this.#draining;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#control.phase = 'closed';
    this.#release();
    if (this.#draining === undefined) {
      for (const tracker of this.#servers.values()) tracker.detach();
    }
    this.#hurry.abort();
    // Not for the closers: they are the service's, and one of them may have called this.
    await Promise.all([this.#working, this.#admin.stop()]);
  }

  async #start(): Promise<void> {
    if (this.phase === 'closed') return;
    this.#heartbeat = startHeartbeat(this.#control);
    this.#releaseSignals = handleSignals(this.#options.signals, {
      drain: (signal) => void this.#endAfterDrain(signal),
      hurry: () => {
        this.#log('a second signal: what is under way is cut');
        this.#hurry.abort();
      },
      exit: this.#options.exitOnSignal
        ? () => {
            process.exit(1);
          }
        : undefined,
    });
    try {
      await this.#admin.start();
    } catch (error) {
      this.#release();
      throw error;
    }
  }

  #release(): void {
    this.#heartbeat?.stop();
    this.#releaseSignals?.();
  }

  async #drain(reason: string): Promise<DrainResult> {
    const { drainDelaySeconds, drainQuietSeconds, drainDelayMaxSeconds } = this.#options;
    const { inFlightTimeoutSeconds, abortGraceSeconds, closerTimeoutSeconds } = this.#options;
    this.#control.phase = 'draining';
    this.#log(`${reason}: draining`);
    this.#working = runDrain(
      {
        servers: [...this.#servers.values()],
        queues: [...this.#queues.values()],
        changes: this.#changes,
        hurry: this.#hurry.signal,
      },
      {
        delayMs: drainDelaySeconds * 1000,
        quietMs: drainQuietSeconds * 1000,
        delayMaxMs: drainDelayMaxSeconds * 1000,
        inFlightTimeoutMs: inFlightTimeoutSeconds * 1000,
        abortGraceMs: abortGraceSeconds * 1000,
      },
    );
    const count = await this.#working;
    const failedClosers = await this.#closers.run(closerTimeoutSeconds * 1000, this.#log);
    this.#log(`drained: ${count.drained} ended, ${count.aborted} aborted`);
    return { ...count, failedClosers };
  }

  /** The end of the process: only by the signal's path, and by `process.exit` only when the user has opted in. */
  async #endAfterDrain(signal: NodeJS.Signals): Promise<void> {
    const { aborted, failedClosers } = await this.drain(signal);
    const isClean = aborted === 0 && failedClosers.length === 0;
    if (!isClean && (process.exitCode === undefined || process.exitCode === 0)) {
      process.exitCode = 1;
    }
    await this.stop();
    if (this.#options.exitOnSignal) process.exit();
    reportHolders(this.#log);
  }
}

function writeLog(message: string): void {
  process.stderr.write(`bellows: ${message}\n`);
}
