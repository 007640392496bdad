import type { Socket } from 'node:net';

/**
 * Ends a TCP socket with a reset (RST) after what was written before has left, so that the peer cannot
 * take a cut answer for a complete one.
 */
export function resetSocket(socket: Socket): void {
  if (socket.destroyed) return;
  if (socket.connecting) {
    socket.destroy();
    return;
  }
  leaveWithoutFin(socket);
  socket.resetAndDestroy();
}

/** Ends a TCP socket with a reset at once; what was written and has not left yet is lost. */
export function abortSocket(socket: Socket): void {
  // A reset during a shutdown that has not completed is refused by libuv (EINVAL) and would leak the handle.
  const isShuttingDown = socket.writableEnded && !socket.writableFinished;
  if (!isShuttingDown) resetSocket(socket);
  socket.destroy();
}

/**
 * `resetAndDestroy()` ends the stream first, and ending a socket sends a FIN. A FIN before the reset would
 * let an answer that is delimited by the end of the connection pass as complete.
 */
function leaveWithoutFin(socket: Socket): void {
  socket._final = (callback) => {
    callback();
  };
}
