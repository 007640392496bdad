import type { Socket } from 'node:net';

/**
 * Ends a TCP socket with a reset (RST) at once, so that the peer cannot take a cut answer for a complete one.
 * Bytes that have not reached the kernel are lost, as they are when a process resets a connection itself.
 */
export function resetSocket(socket: Socket): void {
  // libuv refuses a reset while a shutdown is under way (EINVAL), which would leak the handle; everything
  // that was written has left by then.
  const isShuttingDown =
    socket.writableEnded && !socket.writableFinished && socket.writableLength === 0;
  if (socket.connecting || isShuttingDown) socket.destroy();
  else if (!socket.destroyed) socket.resetAndDestroy();
}
