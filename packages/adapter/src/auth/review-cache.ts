import { setTimeout as sleep } from 'node:timers/promises';
import { apiStatusOf } from '@bellows/kubernetes';
import { refusals } from '../api/refusals.ts';
import { ConcurrencyLimit } from '../server/concurrency-limit.ts';
import { Refusal } from '../server/refusal.ts';

/** Answers are forgotten all at once beyond so many; who fills them needs so many right answers. */
const MAX_ENTRIES = 10_000;
/** Reviews under way at the same time: tokens may be anybody's. */
const MAX_CONCURRENT = 100;
/** One review with its retries, in milliseconds. */
const TIMEOUT_MS = 10_000;
const ATTEMPTS = 3;
const FIRST_WAIT_MS = 100;

interface Entry<T> {
  readonly value: T;
  readonly untilMs: number;
}

/** Answers of the API server about who somebody is and what he may, each kept for a while and asked for once at a time. */
export class ReviewCache<T> {
  readonly #now: () => number;
  readonly #entries = new Map<string, Entry<T>>();
  readonly #underWay = new Map<string, Promise<T>>();
  readonly #limit = new ConcurrencyLimit(MAX_CONCURRENT);

  /** @param now - Milliseconds of a clock that only goes on. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /**
   * The answer to a question.
   *
   * @param key - Holds no secret.
   * @param keepMsOf - How long an answer holds, in milliseconds; 0: not at all.
   * @throws Refusal 429 when too many are asked for; what `ask` throws, in the end.
   */
  async read(
    key: string,
    ask: (signal: AbortSignal) => Promise<T>,
    keepMsOf: (value: T) => number,
  ): Promise<T> {
    const entry = this.#entries.get(key);
    if (entry !== undefined && entry.untilMs > this.#now()) return entry.value;
    const underWay = this.#underWay.get(key);
    if (underWay !== undefined) return underWay;
    const leave = this.#limit.enter();
    if (leave === undefined) {
      throw new Refusal(refusals.tooManyRequests('too many requests, please try again later', 1));
    }
    const asking = askAgain(ask).finally(() => {
      leave();
      this.#underWay.delete(key);
    });
    this.#underWay.set(key, asking);
    const value = await asking;
    const keepMs = keepMsOf(value);
    if (keepMs > 0) this.#keep(key, value, keepMs);
    return value;
  }

  #keep(key: string, value: T, keepMs: number): void {
    if (this.#entries.size >= MAX_ENTRIES) this.#entries.clear();
    this.#entries.set(key, { value, untilMs: this.#now() + keepMs });
  }
}

/** An API server that is restarted is back soon; one that says no is not asked again. */
async function askAgain<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask(signal);
    } catch (error) {
      const code = apiStatusOf(error)?.code ?? 503;
      const isPassing = code >= 500 || code === 429;
      if (attempt === ATTEMPTS || !isPassing || signal.aborted) throw error;
      await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1));
    }
  }
}
