import { BellowsError } from '@bellows/core';
import type { Log } from '../self/log.ts';
import type { SourceState } from '../source/source.ts';
import { apiServiceName, type ServedApi } from './api-service.ts';
import { registerApi, type RegistrationOptions } from './register-api.ts';

/** Options of {@link createRegistrar}. */
export interface RegistrarOptions extends RegistrationOptions {
  /** What is registered. */
  readonly apis: readonly ServedApi[];
  /** Authorities in PEM that this server's certificate is verified with, as of now; undefined: somebody else writes the bundle. */
  readonly caBundle: () => string | undefined | Promise<string | undefined>;
  /** Told of changes and problems. */
  readonly log: Log;
  /** Time between two looks, in milliseconds. @defaultValue 30000 */
  readonly intervalMs?: number;
}

/** Keeps the APIServices leading to this server. */
export interface Registrar {
  /** Looks now, and resolves when it has; then from time to time. A second call does nothing. Never rejects. */
  start(): Promise<void>;
  /** Looks now, as after a change of the authorities. Never rejects. */
  refresh(): Promise<void>;
  /** How each API is registered. */
  state(): readonly SourceState[];
  /** Looks no more; what is registered stays, since other replicas answer. Idempotent. */
  stop(): Promise<void>;
}

const INTERVAL_MS = 30_000;

/** Makes it; nothing is read or written yet. */
export function createRegistrar(options: RegistrarOptions): Registrar {
  return new IntervalRegistrar(options);
}

class IntervalRegistrar implements Registrar {
  readonly #options: RegistrarOptions;
  readonly #states = new Map<string, SourceState>();
  #timer: NodeJS.Timeout | undefined;
  #last: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(options: RegistrarOptions) {
    this.#options = options;
    for (const api of options.apis) {
      const part = apiServiceName(api);
      this.#states.set(part, { part, problem: 'not looked at yet' });
    }
  }

  async start(): Promise<void> {
    if (this.#timer !== undefined || this.#isStopped) return;
    this.#timer = setInterval(() => void this.refresh(), this.#options.intervalMs ?? INTERVAL_MS);
    this.#timer.unref();
    await this.refresh();
  }

  refresh(): Promise<void> {
    // One after the other: the second sees what the first has written.
    this.#last = this.#last.then(() => this.#registerAll());
    return this.#last;
  }

  state(): readonly SourceState[] {
    return [...this.#states.values()];
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#last;
  }

  async #registerAll(): Promise<void> {
    for (const api of this.#options.apis) {
      if (this.#isStopped) return;
      await this.#register(api);
    }
  }

  async #register(api: ServedApi): Promise<void> {
    const { log, caBundle } = this.#options;
    const part = apiServiceName(api);
    try {
      const { problem, remedy, change } = await registerApi(api, await caBundle(), this.#options);
      if (change !== undefined) log('info', `APIService ${part}: ${change}`);
      if (problem !== undefined) log('warn', problem, { remedy });
      this.#states.set(part, {
        part,
        ...(problem === undefined ? { lastSuccessMs: Date.now() } : { problem }),
      });
    } catch (error) {
      const problem = BellowsError.is(error) ? error.message : String(error);
      log('warn', `APIService ${part} cannot be registered`, { error });
      this.#states.set(part, { part, problem });
    }
  }
}
