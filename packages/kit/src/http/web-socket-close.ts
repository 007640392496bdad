import type { Socket } from 'node:net';

/** Close codes that tell a client to connect anew: `going away` and `service restart` (RFC 6455 §7.4.1, IANA). */
export type WebSocketCloseCode = 1001 | 1012;

const FINAL_CLOSE_FRAME = 0x88;
const CODE_BYTES = 2;
/** Time between two looks at a socket that is corked. */
const CORKED_RETRY_MS = 10;

/** A close frame from a server: unmasked, without a reason (RFC 6455 §5.5.1). */
export function closeFrame(code: WebSocketCloseCode): Buffer {
  const frame = Buffer.from([FINAL_CLOSE_FRAME, CODE_BYTES, 0, 0]);
  frame.writeUInt16BE(code, CODE_BYTES);
  return frame;
}

/**
 * Writes a close frame between two of the application's writes: in a turn of its own, and not while the application
 * holds the socket corked, since that is how a frame is put together from several writes. A control frame may stand
 * between the fragments of a message (RFC 6455 §5.4).
 */
export function writeCloseFrame(socket: Socket, code: WebSocketCloseCode): void {
  const write = (): void => {
    if (socket.destroyed || socket.writableEnded) return;
    if (socket.writableCorked === 0) socket.write(closeFrame(code));
    else setTimeout(write, CORKED_RETRY_MS).unref();
  };
  setImmediate(write);
}
