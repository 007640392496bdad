import { BellowsError } from '@bellows/core';
import { messageOf } from '../message-of.ts';
import { readNumber } from '../options/option-readers.ts';
import { invalidOption, readOptions } from '../options/read-options.ts';
import { TimeLimitError, withTimeLimit } from '../time-limit.ts';

/** Ends something when the work is done, such as a database pool. */
export type Closer = () => void | Promise<void>;

/** Settings of one closer. */
export interface CloserOptions {
  /**
   * Names of the closers that must have ended before; those without an order between them run together. Without this
   * list a closer runs when all that were registered later without one have ended: what was built on another thing
   * goes before it.
   */
  readonly after?: readonly string[];
  /** Time it has, in seconds. 0.1 to 3600. @defaultValue the option `closerTimeoutSeconds` */
  readonly timeoutSeconds?: number;
}

/** How a closer ended: the `outcome` label of `bellows_closer_runs_total`. */
export const CLOSER_OUTCOMES = ['ended', 'failed', 'timed_out'] as const;

/** One of {@link CLOSER_OUTCOMES}. */
export type CloserOutcome = (typeof CLOSER_OUTCOMES)[number];

/** Told of closers. */
export interface CloserEvents {
  /** Has a line for people. */
  readonly log: (message: string) => void;
  /** One has been added: it will run at the end. */
  readonly onAdded?: (name: string) => void;
  /** One has run. */
  readonly onRun?: (name: string, outcome: CloserOutcome) => void;
}

interface NamedCloser {
  readonly name: string;
  readonly closer: Closer;
  readonly after: readonly string[] | undefined;
  readonly timeoutMs: number;
}

/** What a closer's time may be, in seconds. */
const TIMEOUT_SECONDS = { min: 0.1, max: 3600 };

/** Closers by name, and the order between them. */
export class Closers {
  readonly #defaultTimeoutSeconds: number;
  readonly #events: CloserEvents;
  readonly #closers: NamedCloser[] = [];
  readonly #failed: string[] = [];
  #hasRun = false;

  constructor(defaultTimeoutSeconds: number, events: CloserEvents) {
    this.#defaultTimeoutSeconds = defaultTimeoutSeconds;
    this.#events = events;
  }

  /** Longest time that all of them can take, in milliseconds. */
  get budgetMs(): number {
    // Each chain once: closers without an order of their own each wait for all that came later.
    const known = new Map<number, number>();
    const chainMs = (index: number): number => {
      const knownMs = known.get(index);
      if (knownMs !== undefined) return knownMs;
      const ownMs = this.#closers[index]?.timeoutMs ?? 0;
      const wholeMs = ownMs + Math.max(0, ...this.#before(index).map(chainMs));
      known.set(index, wholeMs);
      return wholeMs;
    };
    // The last one first: the others find their chains in it.
    return Math.max(0, ...[...this.#closers.keys()].reverse().map(chainMs));
  }

  /**
   * Adds a closer. A service that was told to end while it started may add one after the drain: it runs at once.
   * @throws BellowsError `ERR_KIT_OPTION` for a bad timeout, or when it would have to wait for itself.
   */
  add(name: string, closer: Closer, { after, ...timing }: CloserOptions = {}): void {
    requireCloser(name, closer, after);
    const timeout = readNumber({ ...TIMEOUT_SECONDS, defaultValue: this.#defaultTimeoutSeconds });
    const read = readOptions(`closer ${name}`, { timeoutSeconds: timeout }, timing);
    const timeoutMs = read.timeoutSeconds * 1000;
    const added: NamedCloser = { name, closer, after, timeoutMs };
    this.#closers.push(added);
    const index = this.#closers.length - 1;
    if (this.#reaches(index, name)) {
      this.#closers.pop();
      throw new BellowsError(
        'ERR_KIT_OPTION',
        `Expected \`after\` of closer ${name} to lead to no circle, got \`${after?.join(', ') ?? ''}\``,
        {
          place: { field: 'after' },
          remedy: 'Let one of them end without waiting for the others.',
        },
      );
    }
    this.#events.onAdded?.(name);
    if (this.#hasRun) void this.#run(added);
  }

  /**
   * Runs all of them. One that fails or takes too long is said, and those that waited for it run.
   * @returns the names of those that failed.
   */
  async run(): Promise<string[]> {
    this.#sayUnknownNames();
    const ended = new Set<number>();
    const running = new Map<number, Promise<void>>();
    while (ended.size < this.#closers.length) {
      // Anew each time: a closer may register another one.
      for (const [index, closer] of this.#closers.entries()) {
        if (ended.has(index) || running.has(index)) continue;
        if (!this.#before(index).every((other) => ended.has(other))) continue;
        const end = (): void => {
          running.delete(index);
          ended.add(index);
        };
        running.set(index, this.#run(closer).then(end));
      }
      await Promise.race(running.values());
    }
    this.#hasRun = true;
    return [...this.#failed];
  }

  async #run({ name, closer, timeoutMs }: NamedCloser): Promise<void> {
    try {
      // In a turn of its own: one that throws at once is no other case.
      await withTimeLimit((async () => closer())(), { timeoutMs, keepsAlive: true });
      this.#events.onRun?.(name, 'ended');
    } catch (error) {
      this.#events.onRun?.(name, error instanceof TimeLimitError ? 'timed_out' : 'failed');
      this.#events.log(`closer ${name} failed: ${messageOf(error)}`);
      this.#failed.push(name);
    }
  }

  /** Indexes of the closers that one waits for. */
  #before(index: number): number[] {
    const after = this.#closers[index]?.after;
    return [...this.#closers.entries()].flatMap(([other, { name, after: ofOther }]) => {
      const isBefore =
        after === undefined ? other > index && ofOther === undefined : after.includes(name);
      return isBefore && other !== index ? [other] : [];
    });
  }

  /** Whether a closer waits, over however many others, for one of that name. */
  #reaches(start: number, name: string): boolean {
    if (this.#closers[start]?.after?.includes(name) === true) return true;
    const seen = new Set<number>();
    const queue = this.#before(start);
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (next === start) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(...this.#before(next));
    }
    return false;
  }

  #sayUnknownNames(): void {
    const names = new Set(this.#closers.map(({ name }) => name));
    for (const { name, after = [] } of this.#closers) {
      const unknown = after.filter((other) => !names.has(other));
      if (unknown.length > 0)
        this.#events.log(`closer ${name} waits for ${unknown.join(', ')}: no such closer`);
    }
  }
}

/** @throws BellowsError `ERR_KIT_OPTION` naming what is not as it should be. */
function requireCloser(name: unknown, closer: unknown, after: unknown): void {
  if (typeof name !== 'string' || name === '') {
    throw invalidOption('a closer', 'name', 'a text that is not empty', name);
  }
  const owner = `closer ${name}`;
  if (typeof closer !== 'function') throw invalidOption(owner, 'closer', 'a function', closer);
  const isList = Array.isArray(after) && after.every((one) => typeof one === 'string');
  if (after !== undefined && !isList) {
    throw invalidOption(owner, 'after', 'a list of names of closers', after);
  }
}
