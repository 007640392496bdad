import { BellowsError } from '@bellows/core';
import { startAdminOnMain } from './admin-on-main.ts';
import { startAdminThread, type AdminParts, type AdminThread } from './admin-thread.ts';
import { messageOf } from '../message-of.ts';

const FIRST_RESTART_DELAY_MS = 100;
const MAX_RESTARTS = 5;
/** A thread that lived for so long has earned a new account of restarts. */
const STEADY_AFTER_MS = 60_000;

/** Where the admin server listens. */
export interface AdminAddress {
  /** Empty for all interfaces. */
  readonly host: string;
  /** TCP port. */
  readonly port: number;
  /** Whether a worker thread serves it, so that it answers while the main loop is blocked. */
  readonly onWorker: boolean;
}

/** What {@link AdminServer} is made from. */
export interface AdminServerOptions extends AdminParts {
  /** CommonJS text of the thread's program; undefined serves from the main thread. */
  readonly workerSource: string | undefined;
  readonly log: (message: string) => void;
  /** Told of each restart of the thread. */
  readonly onRestart: () => void;
}

/**
 * Serves probes and metrics: from a worker thread, which is restarted when it dies, or from the main thread when
 * that is not to be had. Each step down is said.
 */
export class AdminServer {
  readonly #options: AdminServerOptions;
  #address: AdminAddress | undefined;
  #end: (() => Promise<void>) | undefined;
  #restartTimer: NodeJS.Timeout | undefined;
  #restarts = 0;
  /** The start or restart under way or, when there is none, the last one. */
  #starting: Promise<void> = Promise.resolve();
  readonly #stopping = new AbortController();
  #stopped: Promise<void> | undefined;

  constructor(options: AdminServerOptions) {
    this.#options = options;
  }

  /** Where it listens now; undefined before the start, between two threads and after the stop. */
  get address(): AdminAddress | undefined {
    return this.#address;
  }

  /**
   * Resolves when probes are answered, or it was stopped.
   * @throws BellowsError `ERR_KIT_ADMIN_LISTEN`, as rejection.
   */
  start(): Promise<void> {
    const { workerSource, config } = this.#options;
    this.#starting = this.#serve(workerSource, config.port);
    return this.#starting;
  }

  /**
   * Ends the server and its connections, also one that is just starting; nothing of it is left when the promise
   * resolves. A second call returns the first one's promise.
   */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#restartTimer);
    this.#address = undefined;
    // Its failure is told to whoever started it.
    await this.#starting.catch(() => undefined);
    await this.#end?.();
  }

  #isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #serve(source: string | undefined, port: number): Promise<void> {
    if (this.#isStopped()) return;
    if (source !== undefined && (await this.#startThread(source, port))) return;
    if (!this.#isStopped()) await this.#startOnMain(port);
  }

  async #startThread(source: string, port: number): Promise<boolean> {
    const { config, log } = this.#options;
    const parts = { ...this.#options, config: { ...config, port } };
    let thread: AdminThread;
    try {
      thread = await startAdminThread(source, parts, this.#stopping.signal);
    } catch (error) {
      if (this.#isStopped()) return false;
      log(`the admin worker thread cannot serve (${messageOf(error)})`);
      return false;
    }
    await this.#serveFrom({ port: thread.port, onWorker: true }, () => thread.terminate());
    const startedMs = performance.now();
    void thread.ended.then((reason) => {
      if (this.#isStopped()) return;
      this.#address = undefined;
      if (performance.now() - startedMs > STEADY_AFTER_MS) this.#restarts = 0;
      this.#scheduleRestart(source, thread.port, reason);
    });
    return true;
  }

  #scheduleRestart(source: string, port: number, reason: string): void {
    const delayMs = FIRST_RESTART_DELAY_MS * 2 ** this.#restarts;
    this.#restarts += 1;
    this.#options.log(
      `the admin worker thread died (${reason}); a new one starts in ${delayMs} ms`,
    );
    this.#restartTimer = setTimeout(() => {
      this.#starting = this.#restart(source, port);
    }, delayMs).unref();
  }

  async #restart(source: string, port: number): Promise<void> {
    this.#options.onRestart();
    const next = this.#restarts <= MAX_RESTARTS ? source : undefined;
    await this.#serve(next, port).catch((error: unknown) => {
      this.#options.log(`probes and metrics are not served any more: ${messageOf(error)}`);
    });
  }

  async #startOnMain(port: number): Promise<void> {
    const { workerSource, log, config } = this.#options;
    const listener = await startAdminOnMain(this.#options, port).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw this.#cannotListen(error);
      return startAdminOnMain(this.#options, 0);
    });
    await this.#serveFrom({ port: listener.port, onWorker: false }, () => listener.close());
    if (this.#isStopped()) return;
    if (port !== 0 && listener.port !== port) {
      const where = `${config.host === '' ? 'port' : config.host} ${port}`;
      log(
        `${where} is in use, so probes and metrics are at port ${listener.port} of the main thread; ` +
          `choose another with adminPort or BELLOWS_ADMIN_PORT`,
      );
    } else if (workerSource !== undefined) {
      log('probes and metrics are served from the main thread: they wait while it is blocked');
    }
  }

  async #serveFrom(
    { port, onWorker }: Omit<AdminAddress, 'host'>,
    end: () => Promise<void>,
  ): Promise<void> {
    if (this.#isStopped()) {
      await end();
      return;
    }
    this.#address = { host: this.#options.config.host, port, onWorker };
    this.#end = end;
  }

  #cannotListen(cause: unknown): BellowsError {
    const { host, port } = this.#options.config;
    const address = host === '' ? `port ${port}` : `${host}, port ${port}`;
    return new BellowsError(
      'ERR_KIT_ADMIN_LISTEN',
      `Expected to serve probes and metrics at ${address}, got: ${messageOf(cause)}`,
      {
        cause,
        remedy: 'Set adminHost to an address of this machine and adminPort to a port it may use.',
      },
    );
  }
}
