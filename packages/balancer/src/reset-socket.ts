import type { Socket } from 'node:net';

/**
 * Ends a TCP socket with a reset (RST) at once, so that the peer cannot take a cut answer for a complete one.
 * Bytes that have not reached the kernel are lost, as they are when a process resets a connection itself.
 */
export function resetSocket(socket: Socket): void {
  if (socket.destroyed) return;
  // A reset while a shutdown is under way is refused by libuv (EINVAL) and would leak the handle; everything
  // that was written has left by then.
  const isShuttingDown =
    socket.writableEnded && !socket.writableFinished && socket.writableLength === 0;
  if (!socket.connecting && !isShuttingDown) {
    leaveWithoutFin(socket);
    socket.resetAndDestroy();
  }
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
