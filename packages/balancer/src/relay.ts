import { connect, type Socket } from 'node:net';
import type { BufferPool } from './buffer-pool.ts';
import type { EndpointRecord } from './endpoint-record.ts';
import { resetSocket } from './reset-socket.ts';

/** A connection on its way through. */
export interface Relay {
  /** Resets both ends at once. */
  abort(): void;
}

/** The balancer a relay belongs to. */
export interface RelayOwner {
  /** Where a relay's read buffer comes from and goes back to. */
  readonly buffers: BufferPool;
  /** The endpoint refused the connection, or reset it before a byte of an answer came. */
  readonly refused: () => void;
  /** Both ends are closed. */
  readonly closed: (relay: Relay) => void;
}

/**
 * Passes bytes between an accepted connection and a new connection to an endpoint, both ways, until both
 * ends are closed. An end passes on as an end (half-close), a reset as a reset, and a slow reader slows
 * the writer: at most one read buffer waits in each direction. No time-out: an idle connection stays.
 *
 * @param client - Accepted with `allowHalfOpen`.
 */
export function createRelay(client: Socket, record: EndpointRecord, owner: RelayOwner): Relay {
  const buffer = owner.buffers.take();
  let openEnds = 2;
  let hasAnswered = false;

  const resumeBackend = (): void => {
    backend.resume();
  };
  const onAnswer = (byteCount: number): boolean => {
    if (!hasAnswered) {
      hasAnswered = true;
      record.firstByteAtMs ??= Date.now();
    }
    client.write(buffer.subarray(0, byteCount));
    if (client.writableLength === 0) return true;
    // Not all of it has reached the kernel, so the buffer is in use: read on when it is free again.
    client.write(NO_BYTES, resumeBackend);
    return false;
  };
  const backend = connect({
    host: record.address,
    port: record.port,
    allowHalfOpen: true,
    noDelay: true,
    onread: { buffer, callback: onAnswer },
  });
  const relay: Relay = {
    abort() {
      resetSocket(client);
      resetSocket(backend);
    },
  };
  const onClose = (): void => {
    openEnds -= 1;
    if (openEnds > 0) return;
    record.openConnections -= 1;
    owner.buffers.giveBack(buffer);
    owner.closed(relay);
  };

  client.on('data', (chunk) => {
    if (!backend.write(chunk) && backend.writableLength > 0) client.pause();
  });
  backend.on('drain', () => client.resume());
  client.on('end', () => {
    passEnd(client, backend);
  });
  backend.on('end', () => {
    passEnd(backend, client);
  });
  client.on('error', () => {
    resetSocket(backend);
  });
  backend.on('error', () => {
    if (!hasAnswered) owner.refused();
    resetSocket(client);
  });
  client.on('close', onClose);
  backend.on('close', onClose);
  record.connectionsTotal += 1;
  record.openConnections += 1;
  return relay;
}

const NO_BYTES = Buffer.alloc(0);

/**
 * Ends `to` because `from` has ended. When a reset comes together with the last bytes, libuv reports an end
 * (`uv__stream_io`: POLLHUP after a partial read), which would make a cut answer look complete. Writing
 * nothing tells the two apart: on a connection that was reset it fails, and the error resets `to`. It cannot
 * be told any more when `to` has ended before.
 */
function passEnd(from: Socket, to: Socket): void {
  if (!from.writable || from.writableLength > 0) {
    to.end();
    return;
  }
  from.write(NO_BYTES, (error) => {
    if (error == null) to.end();
  });
}
