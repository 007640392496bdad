import type { FailureLog } from '../failure-log.ts';
import { messageOf } from '../message-of.ts';
import type { CheckBoard, CheckSlot } from '../memory/check-board.ts';
import type { ControlBlock } from '../memory/control-block.ts';
import { requireCheckName } from './check-options.ts';
import type { Startup } from './startup.ts';

/** What the gate works on. */
export interface StartupParts {
  readonly control: ControlBlock;
  readonly checks: CheckBoard;
  readonly failures: FailureLog;
  /** Names of checks; those of the gate's are added. */
  readonly names: Set<string>;
}

interface Block {
  readonly slot: CheckSlot;
  /** The work that counts: a later one takes its place. */
  work: Promise<unknown>;
  isOpen: boolean;
}

/** Opens when `ready` was called and everything that blocks it has ended well. */
export class StartupGate implements Startup {
  readonly #parts: StartupParts;
  readonly #blocks = new Map<string, Block>();
  #isReady = false;

  constructor(parts: StartupParts) {
    this.#parts = parts;
  }

  block(work: Promise<unknown>, name = 'work'): void {
    const block = this.#blockOf(name, work);
    Promise.resolve(work).then(
      () => {
        if (block.work !== work) return;
        block.isOpen = true;
        block.slot.publish(undefined);
        this.#openIfDone();
      },
      (error: unknown) => {
        if (block.work !== work) return;
        block.slot.publish(messageOf(error));
        this.#parts.failures.say(`start of ${name}`, error);
      },
    );
  }

  /** See `kit.ready`. */
  ready(): void {
    this.#isReady = true;
    this.#openIfDone();
  }

  #blockOf(name: string, work: Promise<unknown>): Block {
    const known = this.#blocks.get(name);
    if (known !== undefined) {
      known.work = work;
      known.isOpen = false;
      known.slot.publish('it is tried again');
      return known;
    }
    const { checks, names } = this.#parts;
    const checkName = requireCheckName(`startup-${name}`, names);
    const block = { slot: checks.add(checkName, Infinity), work, isOpen: false };
    names.add(checkName);
    this.#blocks.set(name, block);
    return block;
  }

  #openIfDone(): void {
    const { control } = this.#parts;
    const isOpen = [...this.#blocks.values()].every((block) => block.isOpen);
    if (this.#isReady && isOpen && control.phase === 'starting') control.phase = 'ready';
  }
}
