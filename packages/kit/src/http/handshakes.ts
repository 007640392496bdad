import type { Socket } from 'node:net';
import type { Server as TlsServer } from 'node:tls';

/** TLS connections whose handshake has not got complete: they show only below TLS. */
export class Handshakes {
  readonly #server: TlsServer;
  readonly #onChange: () => void;
  readonly #open = new Map<Socket, { readonly sinceMs: number }>();
  #cut = 0;

  /** @param onChange - Told whenever one has become a connection, or has closed. */
  constructor(server: TlsServer, onChange: () => void) {
    this.#server = server;
    this.#onChange = onChange;
    server.on('connection', this.#onRawSocket);
    server.prependListener('secureConnection', this.#onSecureSocket);
  }

  /** Handshakes under way. */
  get size(): number {
    return this.#open.size;
  }

  /** Handshakes that were cut. */
  get cut(): number {
    return this.#cut;
  }

  /** Cuts those that take longer. @returns milliseconds until the next one would; Infinity when there is none. */
  tidy(allowedMs: number): number {
    let nextMs = Infinity;
    for (const [socket, { sinceMs }] of this.#open) {
      const leftMs = sinceMs + allowedMs - performance.now();
      if (leftMs > 0) {
        nextMs = Math.min(nextMs, leftMs);
      } else {
        this.#cut += 1;
        socket.destroy();
      }
    }
    return nextMs;
  }

  /** Cuts all of them. */
  destroy(): void {
    for (const socket of this.#open.keys()) socket.destroy();
  }

  /** Lets go of the server. */
  detach(): void {
    this.#server.off('connection', this.#onRawSocket);
    this.#server.off('secureConnection', this.#onSecureSocket);
  }

  readonly #onRawSocket = (socket: Socket): void => {
    this.#open.set(socket, { sinceMs: performance.now() });
    socket.once('close', () => {
      this.#end(socket);
    });
  };

  /** Node has no public way from a secure socket to the one below; both have the same peer. */
  readonly #onSecureSocket = ({ remotePort, remoteAddress }: Socket): void => {
    for (const socket of this.#open.keys()) {
      if (socket.remotePort !== remotePort || socket.remoteAddress !== remoteAddress) continue;
      this.#end(socket);
      return;
    }
  };

  #end(socket: Socket): void {
    if (this.#open.delete(socket)) this.#onChange();
  }
}
