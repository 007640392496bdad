import { connect, type Socket } from 'node:net';

/** Requests at once, one on each connection. */
const CONNECTIONS = 16;
/** A server that has not answered all by then does not answer any more. */
const DEADLINE_MS = 120_000;
const HEADERS_END = '\r\n\r\n';

/**
 * Sends a number of requests over kept connections, one at a time on each; resolves when all are answered.
 * @throws Error, as rejection, when an answer is no 200, or unlike the first one in length: then something else was
 * measured.
 */
export function sendRequests(port: number, path: string, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
    const sockets: Socket[] = [];
    let toSend = count;
    let toCome = count;
    const end = (error?: Error): void => {
      clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      if (error === undefined) resolve();
      else reject(error);
    };
    const timer = setTimeout(() => {
      end(new Error(`Expected ${count} answers, ${toCome} did not come`));
    }, DEADLINE_MS);
    const next = (socket: Socket): void => {
      if (toSend === 0) return;
      toSend -= 1;
      socket.write(request);
    };
    for (let index = 0; index < Math.min(CONNECTIONS, count); index += 1) {
      const socket = connect(port, '127.0.0.1').setNoDelay(true);
      sockets.push(socket);
      socket.on('error', end);
      socket.on('close', () => {
        if (toCome > 0) end(new Error('Expected a connection to be kept, it was closed'));
      });
      followAnswers(socket, end, () => {
        toCome -= 1;
        if (toCome === 0) end();
        else next(socket);
      });
      next(socket);
    }
  });
}

/** Calls back for each answer on a connection. All have the length of the first one, which is read. */
function followAnswers(
  socket: Socket,
  onError: (error: Error) => void,
  onAnswer: () => void,
): void {
  let head = '';
  let answerBytes = 0;
  let leftBytes = 0;
  socket.on('data', (bytes) => {
    if (answerBytes === 0) {
      head += bytes.toString('latin1');
      answerBytes = lengthOf(head);
      if (answerBytes === 0) return;
      leftBytes = answerBytes - head.length;
    } else {
      leftBytes -= bytes.length;
    }
    if (leftBytes > 0) return;
    if (leftBytes < 0 || !head.startsWith('HTTP/1.1 200 ')) {
      onError(new Error(`Expected answers of 200 that are alike, got: ${head}`));
      return;
    }
    leftBytes = answerBytes;
    onAnswer();
  });
}

/** Bytes of the answer that begins with this text; 0 when its headers are not all there. */
function lengthOf(head: string): number {
  const headersEnd = head.indexOf(HEADERS_END);
  if (headersEnd < 0) return 0;
  const bodyBytes = /^content-length: *(\d+)/im.exec(head.slice(0, headersEnd))?.[1];
  if (bodyBytes === undefined) throw new Error(`Expected an answer with its length, got: ${head}`);
  return headersEnd + HEADERS_END.length + Number(bodyBytes);
}
