import { Agent, type ClientRequestArgs } from 'node:http';
import { connect, type Socket } from 'node:net';

/** As much as Node reads of a socket at once, in bytes. */
const READ_BYTES = 64 * 1024;

/**
 * An agent of which all connections read into the same memory, one after the other: Node makes 64 KiB for each read
 * of a socket else, and what is left of them until a garbage collection is most of what a thousand targets take.
 */
export class PageAgent extends Agent {
  readonly #readBuffer = Buffer.allocUnsafeSlow(READ_BYTES);

  constructor() {
    super({ keepAlive: true });
  }

  override createConnection({ host, port }: ClientRequestArgs): Socket {
    const socket: Socket = connect({
      host: host ?? 'localhost',
      port: Number(port),
      noDelay: true,
      onread: {
        buffer: this.#readBuffer,
        callback: (length, buffer) => socket.push(stretchOf(socket, buffer.subarray(0, length))),
      },
    });
    return socket;
  }
}

/**
 * What was read: as it is where the HTTP parser takes it during the push, which copies what it passes on. A copy where
 * it may wait until the memory is another connection's: nobody listens, or something waits already.
 */
function stretchOf(socket: Socket, read: Uint8Array): Uint8Array {
  const isTakenAtOnce =
    socket.listenerCount('data') > 0 &&
    socket.readableFlowing === true &&
    socket.readableLength === 0;
  return isTakenAtOnce ? read : Buffer.from(read);
}
