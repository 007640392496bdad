import { setTimeout as sleep } from 'node:timers/promises';
import { BellowsError } from '@bellows/core';
import type { PolledMetricConfig, PollingConfig } from '../config/source-config.ts';
import { createRepeatedWork, type RepeatedWork } from '../loop/repeated-work.ts';
import type { ExternalMetrics, ExternalReading, Source, SourceState } from '../source/source.ts';
import { PolledValue, type PolledResult } from './polled-value.ts';

/** What a polled source asks, whatever it is. */
export interface PolledClient {
  /**
   * Asks for all metrics at once.
   *
   * @param signal - Aborted when the time is up or the source is stopped; what is under way has to end.
   * @returns One result for each metric, in their order.
   * @throws BellowsError `ERR_ADAPTER_SOURCE` when nothing can be asked, without address, query or secret.
   */
  ask(signal: AbortSignal): Promise<readonly PolledResult[]>;
  /** Closes connections. Idempotent. */
  close(): Promise<void>;
}

/** Options of {@link createPolledSource}. */
export interface PolledSourceOptions {
  /** Its name in the configuration. */
  readonly name: string;
  /** What is asked for. */
  readonly metrics: readonly PolledMetricConfig[];
  /** How often. */
  readonly polling: PollingConfig;
  /** Whom. */
  readonly client: PolledClient;
  /** Told of what goes wrong, once while it lasts. @defaultValue nobody is */
  readonly log?: (level: 'info' | 'warn', message: string) => void;
  /** Milliseconds since the epoch. @defaultValue Date.now */
  readonly now?: () => number;
}

/** A source of external metrics. */
export interface PolledSource extends Source {
  /** What the configuration names. */
  readonly external: ExternalMetrics;
}

/** Defaults of {@link PollingConfig}. */
export const POLLING_DEFAULTS: Required<PollingConfig> = {
  intervalMs: 5_000,
  timeoutMs: 5_000,
  staleAfterMs: 60_000,
};
/** So that many replicas do not ask at one moment. */
const JITTER_RATIO = 0.1;
/** How long a client may take to end after it was told to, in milliseconds. */
const ENDING_MS = 1_000;

/**
 * Makes a source that asks in the background, one question at a time, and answers from memory: whoever reads waits for nothing, and
 * however many read, it asks as often.
 */
export function createPolledSource(options: PolledSourceOptions): PolledSource {
  return new BackgroundSource(options);
}

interface Part {
  readonly config: PolledMetricConfig;
  readonly name: string;
  readonly value: PolledValue;
  /** What was logged last. */
  said: string | undefined;
}

class BackgroundSource implements PolledSource {
  readonly name: string;
  readonly external: ExternalMetrics;
  readonly #options: PolledSourceOptions;
  readonly #now: () => number;
  readonly #timeoutMs: number;
  readonly #parts: readonly Part[];
  readonly #work: RepeatedWork;
  #isReady = false;

  constructor(options: PolledSourceOptions) {
    const { name, metrics, polling, now = Date.now } = options;
    const { intervalMs, timeoutMs, staleAfterMs } = { ...POLLING_DEFAULTS, ...polling };
    this.name = name;
    this.#options = options;
    this.#now = now;
    this.#timeoutMs = timeoutMs;
    this.#parts = metrics.map((config, index) => ({
      config,
      name: `metrics[${index}] ${config.name}`,
      value: new PolledValue(staleAfterMs),
      said: undefined,
    }));
    this.#work = createRepeatedWork({
      intervalMs,
      jitterRatio: JITTER_RATIO,
      maxBackOffMs: Math.max(intervalMs, 15_000),
      run: (signal) => this.#poll(signal),
      onError: () => undefined,
    });
    void this.#work.triedOnce.then(() => (this.#isReady = true));
    this.external = {
      list: () => [...new Set(metrics.map((metric) => metric.name))],
      read: ({ metric, namespace, selector }) => {
        const named = this.#parts.filter(
          ({ config }) => config.name === metric && isReadableIn(config, namespace),
        );
        if (named.length === 0) return Promise.resolve(undefined);
        const selected = named.filter(({ config }) => selector.matches(config.labels));
        return Promise.resolve(selected.map((part) => this.#reading(part)));
      },
    };
  }

  start(): void {
    this.#work.start();
  }

  isReady(): boolean {
    return this.#isReady;
  }

  state(): readonly SourceState[] {
    return this.#parts.map(({ name, value }) => value.state(name));
  }

  async stop(): Promise<void> {
    await this.#work.stop();
    await this.#options.client.close();
  }

  #reading({ config, value }: Part): ExternalReading {
    return { labels: config.labels, value: value.read(this.#now()) };
  }

  /** Throws when nothing could be asked, so that the next try comes after a back-off. */
  async #poll(stopping: AbortSignal): Promise<void> {
    const atMs = this.#now();
    try {
      const results = await this.#ask(stopping);
      for (const [index, part] of this.#parts.entries()) {
        this.#take(
          part,
          results[index] ?? { kind: 'problem', problem: 'it was not answered' },
          atMs,
        );
      }
    } catch (error) {
      if (stopping.aborted) return;
      const problem = BellowsError.is(error) ? error.message : 'it cannot be asked';
      for (const part of this.#parts) this.#take(part, { kind: 'problem', problem }, atMs);
      throw error;
    }
  }

  async #ask(stopping: AbortSignal): Promise<readonly PolledResult[]> {
    const late = AbortSignal.timeout(this.#timeoutMs);
    const asked = this.#options.client.ask(AbortSignal.any([stopping, late]));
    // A client that does not end when it is told to must not keep the others waiting for ever.
    const given = new AbortController();
    const tooLate = sleep(this.#timeoutMs + ENDING_MS, undefined, { signal: given.signal }).then(
      () => {
        throw lateError(this.#timeoutMs);
      },
    );
    tooLate.catch(() => undefined);
    try {
      return await Promise.race([asked, tooLate]);
    } catch (error) {
      throw late.aborted ? lateError(this.#timeoutMs) : error;
    } finally {
      given.abort();
    }
  }

  #take(part: Part, result: PolledResult, atMs: number): void {
    part.value.take(result, atMs);
    const warning = result.kind === 'value' ? result.warning : undefined;
    const said = part.value.problem ?? warning;
    if (said === part.said) return;
    part.said = said;
    const { log } = this.#options;
    if (said === undefined) log?.('info', `${this.name}: ${part.name} is well again`);
    else log?.('warn', `${this.name}: ${part.name}: ${said}`);
  }
}

function isReadableIn({ namespaces }: PolledMetricConfig, namespace: string): boolean {
  return namespaces.length === 0 || namespaces.includes(namespace);
}

function lateError(timeoutMs: number): BellowsError {
  return new BellowsError('ERR_ADAPTER_SOURCE', `no answer within ${timeoutMs} ms`, {
    remedy: 'Look at the server, and at the network policy between the two.',
  });
}
