/** Part of the window that stays free at its beginning and at its end. */
const MARGIN_SHARE = 0.2;

/**
 * Tells each of some clients to go at a random time in the middle of a window: clients that all reconnect at one moment
 * would be a flood for the replicas that stay. Keeps no process alive.
 */
export class Spread<Client> {
  readonly #clients: () => Iterable<Client>;
  readonly #tell: (client: Client) => void;
  #timers: readonly NodeJS.Timeout[] = [];

  /** @param clients - Those that are to be told now. */
  constructor(clients: () => Iterable<Client>, tell: (client: Client) => void) {
    this.#clients = clients;
    this.#tell = tell;
  }

  /** The window begins. @param windowMs - 0 tells at once, in a turn of its own. */
  begin(windowMs: number): void {
    this.#timers = Array.from(this.#clients(), (client) => {
      const share = MARGIN_SHARE + Math.random() * (1 - 2 * MARGIN_SHARE);
      return setTimeout(this.#tell, share * windowMs, client).unref();
    });
  }

  /** The window is over: those that are left, or have come since, are told now. */
  end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const client of this.#clients()) this.#tell(client);
  }
}
