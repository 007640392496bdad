import type { SignalSource } from '../shutdown/signal-handlers.ts';

type SignalListener = (signal: NodeJS.Signals) => void;

/**
 * Keeps signals from the application's own handlers while the kit drains: a handler that closes the server at once
 * would lose the requests that the drain is there for. The handlers stay registered and run when the gate opens.
 */
export class SignalGate implements SignalSource {
  readonly #listeners = new Map<NodeJS.Signals, Set<SignalListener>>();
  #isOpen = false;

  /** Puts itself between the process' signals and its listeners; before anybody listens, or it is passed by. */
  install(): void {
    const emit = process.emit.bind(process) as (...given: unknown[]) => boolean;
    const passOn = (event: unknown, ...rest: unknown[]): boolean => {
      const listeners = this.#listeners.get(event as NodeJS.Signals);
      if (this.#isOpen || listeners === undefined || listeners.size === 0) {
        return emit(event, ...rest);
      }
      for (const listener of [...listeners]) listener(event as NodeJS.Signals);
      return true;
    };
    process.emit = passOn as typeof process.emit;
  }

  /** Listens in front of the gate. */
  on(signal: NodeJS.Signals, listener: SignalListener): void {
    const listeners = this.#listeners.get(signal) ?? new Set();
    this.#listeners.set(signal, listeners.add(listener));
    // Node takes a signal only while somebody listens to it.
    if (listeners.size === 1) process.on(signal, ignore);
  }

  off(signal: NodeJS.Signals, listener: SignalListener): void {
    const listeners = this.#listeners.get(signal);
    if (listeners?.delete(listener) === true && listeners.size === 0) process.off(signal, ignore);
  }

  /** Lets signals through from now on. @returns whether the application has handlers of this one, which have run. */
  open(signal: NodeJS.Signals): boolean {
    this.#isOpen = true;
    const own = process.listeners(signal).filter((listener) => listener !== ignore);
    if (own.length === 0) return false;
    process.emit(signal, signal);
    return true;
  }
}

function ignore(): void {
  // Only there to be listened for.
}
