import type { Socket } from 'node:net';

const STATUS_LINES: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Ends a connection whose bytes are no request, with a word where it can still be read. No business of the log: anybody may send anything. */
export function refuseBadRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  const { code = '' } = error;
  // Of one whose handshake failed, or never came, a word would wait for the handshake, and hold the connection for ever.
  const isRequest = code.startsWith('HPE_') || code in STATUS_LINES;
  if (!isRequest || !socket.writable) {
    socket.destroy();
    return;
  }
  const line = STATUS_LINES[code] ?? '400 Bad Request';
  socket.end(`HTTP/1.1 ${line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  // A client that goes on sending is not listened to.
  socket.once('finish', () => socket.destroy());
}
