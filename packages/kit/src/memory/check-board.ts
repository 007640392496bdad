import { BellowsError } from '@bellows/core';

/** Checks a service can have. */
export const MAX_CHECKS = 64;
const NAME_BYTES = 64;
const REASON_BYTES = 256;
const INTEGERS_PER_CHECK = 4;
const INTEGER = { state: 0, nameLength: 1, reasonLength: 2, maxAgeMs: 3 } as const;
/** A `maxAgeMs` that no result reaches. */
const AGELESS = 2 ** 31 - 1;
const STATE = { pending: 0, passed: 1, failed: 2 } as const;

const COUNT_BYTES = 8;
const INTEGERS_AT = COUNT_BYTES;
const TIMES_AT = INTEGERS_AT + MAX_CHECKS * INTEGERS_PER_CHECK * Int32Array.BYTES_PER_ELEMENT;
const TEXTS_AT = TIMES_AT + MAX_CHECKS * BigInt64Array.BYTES_PER_ELEMENT;
const TEXT_BYTES = NAME_BYTES + REASON_BYTES;
const SIZE_BYTES = TEXTS_AT + MAX_CHECKS * TEXT_BYTES;

/** A named check as the admin thread sees it. */
export interface CheckReading {
  readonly name: string;
  /** Why it fails, also when it has not run yet or its result is too old; undefined when it passes. */
  readonly reason: string | undefined;
}

/** Publishes the results of one check. */
export interface CheckSlot {
  /** @param reason - Why it failed, cut at 256 bytes; undefined when it passed. */
  publish(reason: string | undefined): void;
}

/**
 * Results of named checks in shared memory: the main thread publishes, the admin thread reads, nobody waits. A check
 * runs when it is scheduled, never because a probe asks.
 */
export class CheckBoard {
  readonly buffer: SharedArrayBuffer;
  readonly #count: Int32Array;
  readonly #integers: Int32Array;
  readonly #times: BigInt64Array;
  readonly #texts: Uint8Array;

  /** @param buffer - That of another thread's board; without it a new, empty one. */
  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(SIZE_BYTES)) {
    this.buffer = buffer;
    this.#count = new Int32Array(buffer, 0, 1);
    this.#integers = new Int32Array(buffer, INTEGERS_AT, MAX_CHECKS * INTEGERS_PER_CHECK);
    this.#times = new BigInt64Array(buffer, TIMES_AT, MAX_CHECKS);
    this.#texts = new Uint8Array(buffer, TEXTS_AT);
  }

  /**
   * Adds a check, which fails until its first result.
   * @param name - Up to 64 bytes; whether it is free is the caller's to know.
   * @param maxAgeMs - An older result fails: the check hangs. Infinity for one whose result does not age.
   * @throws BellowsError `ERR_KIT_OPTION` for the 65th check or a name that is too long.
   */
  add(name: string, maxAgeMs: number): CheckSlot {
    const index = Atomics.load(this.#count, 0);
    const bytes = Buffer.from(name);
    if (index >= MAX_CHECKS || bytes.length > NAME_BYTES) {
      throw new BellowsError(
        'ERR_KIT_OPTION',
        `Expected up to ${MAX_CHECKS} checks with names of up to ${NAME_BYTES} bytes, got \`${name}\` as number ${index + 1}`,
        { place: { field: 'name' }, remedy: 'Shorten the name, or make one check of several.' },
      );
    }
    this.#texts.set(bytes, index * TEXT_BYTES);
    this.#set(index, 'nameLength', bytes.length);
    this.#set(index, 'maxAgeMs', maxAgeMs === Infinity ? AGELESS : Math.min(maxAgeMs, AGELESS - 1));
    // Last: a reader sees it only with its name.
    Atomics.store(this.#count, 0, index + 1);
    return {
      publish: (reason) => {
        this.#publish(index, reason);
      },
    };
  }

  /** All checks with their state. @param nowNs - Monotonic, `process.hrtime.bigint()`. */
  read(nowNs: bigint): CheckReading[] {
    return Array.from({ length: Atomics.load(this.#count, 0) }, (_, index) => ({
      name: this.#text(index * TEXT_BYTES, this.#get(index, 'nameLength')),
      reason: this.#reason(index, nowNs),
    }));
  }

  #reason(index: number, nowNs: bigint): string | undefined {
    const state = this.#get(index, 'state');
    if (state === STATE.pending) return 'it has not run yet';
    const ageMs = Number(nowNs - Atomics.load(this.#times, index)) / 1e6;
    const maxAgeMs = this.#get(index, 'maxAgeMs');
    if (maxAgeMs !== AGELESS && ageMs > maxAgeMs) {
      return `its last result is ${(ageMs / 1000).toFixed(1)} s old`;
    }
    if (state === STATE.passed) return undefined;
    // While a new reason is written this can be half of each: a text for people, never a decision.
    return this.#text(index * TEXT_BYTES + NAME_BYTES, this.#get(index, 'reasonLength'));
  }

  #publish(index: number, reason: string | undefined): void {
    if (reason !== undefined) {
      const bytes = Buffer.from(reason).subarray(0, REASON_BYTES);
      this.#texts.set(bytes, index * TEXT_BYTES + NAME_BYTES);
      this.#set(index, 'reasonLength', bytes.length);
    }
    Atomics.store(this.#times, index, process.hrtime.bigint());
    this.#set(index, 'state', reason === undefined ? STATE.passed : STATE.failed);
  }

  #text(offset: number, length: number): string {
    // A copy: decoders refuse shared memory.
    return Buffer.from(this.#texts.slice(offset, offset + length)).toString();
  }

  #get(index: number, name: keyof typeof INTEGER): number {
    return Atomics.load(this.#integers, index * INTEGERS_PER_CHECK + INTEGER[name]);
  }

  #set(index: number, name: keyof typeof INTEGER, value: number): void {
    Atomics.store(this.#integers, index * INTEGERS_PER_CHECK + INTEGER[name], value);
  }
}
