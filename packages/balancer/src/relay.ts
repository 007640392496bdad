import { connect, type Socket } from 'node:net';
import type { EndpointRecord } from './endpoint-record.ts';
import { abortSocket, resetSocket } from './reset-socket.ts';

/** Size of the buffer that answers of one connection are read into, in bytes. */
export const READ_BUFFER_BYTES = 65_536;

/** A connection on its way through. */
export interface Relay {
  /** Resets both ends at once. */
  abort(): void;
}

/** What a relay tells its balancer. */
export interface RelayListener {
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
export function createRelay(
  client: Socket,
  record: EndpointRecord,
  listener: RelayListener,
): Relay {
  const buffer = Buffer.allocUnsafeSlow(READ_BUFFER_BYTES);
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
      abortSocket(client);
      abortSocket(backend);
    },
  };
  const onClose = (): void => {
    openEnds -= 1;
    if (openEnds > 0) return;
    record.openConnections -= 1;
    listener.closed(relay);
  };

  client.on('data', (chunk) => {
    if (!backend.write(chunk) && backend.writableLength > 0) client.pause();
  });
  backend.on('drain', () => client.resume());
  client.on('end', () => backend.end());
  backend.on('end', () => client.end());
  client.on('error', () => {
    resetSocket(backend);
  });
  backend.on('error', () => {
    if (!hasAnswered) listener.refused();
    resetSocket(client);
  });
  client.on('close', onClose);
  backend.on('close', onClose);
  record.connectionsTotal += 1;
  record.openConnections += 1;
  return relay;
}

const NO_BYTES = Buffer.alloc(0);
