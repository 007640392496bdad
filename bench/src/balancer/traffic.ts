import { connect, type Socket } from 'node:net';

const REQUEST = Buffer.from('GET /items/42 HTTP/1.1\r\nHost: shop.default\r\nAccept: */*\r\n\r\n');

/** Sends requests over kept connections, one at a time on each, and counts the answers. */
export async function keepAliveTraffic(
  port: number,
  connectionCount: number,
  seconds: number,
): Promise<number> {
  const untilMs = performance.now() + seconds * 1000;
  let answers = 0;
  const client = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = open(port, reject);
      socket.on('data', () => {
        answers += 1;
        if (performance.now() < untilMs) socket.write(REQUEST);
        else socket.end();
      });
      socket.on('close', () => {
        resolve();
      });
    });
  await Promise.all(Array.from({ length: connectionCount }, client));
  return answers;
}

/** Opens a connection for each request, closes it after the answer, and counts the answers. */
export async function newConnectionTraffic(
  port: number,
  clientCount: number,
  seconds: number,
): Promise<number> {
  const untilMs = performance.now() + seconds * 1000;
  let answers = 0;
  const exchange = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = open(port, reject);
      socket.on('data', () => {
        answers += 1;
        socket.end();
      });
      socket.on('close', () => {
        resolve();
      });
    });
  const client = async (): Promise<void> => {
    while (performance.now() < untilMs) await exchange();
  };
  await Promise.all(Array.from({ length: clientCount }, client));
  return answers;
}

/** Sends a request every `intervalMs` on the connections in turn; the latency of each answer, in milliseconds. */
export async function pacedLatenciesMs(
  port: number,
  connectionCount: number,
  intervalMs: number,
  seconds: number,
): Promise<number[]> {
  const latenciesMs: number[] = [];
  const sentAtMs = new Map<Socket, number>();
  const sockets = Array.from({ length: connectionCount }, () => {
    const socket = open(port, () => undefined, false);
    socket.on('data', () => {
      latenciesMs.push(performance.now() - (sentAtMs.get(socket) ?? Number.NaN));
      sentAtMs.delete(socket);
    });
    return socket;
  });
  const untilMs = performance.now() + seconds * 1000;
  for (let turn = 0; performance.now() < untilMs; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
    const socket = sockets[turn % connectionCount];
    if (socket === undefined || sentAtMs.has(socket)) continue;
    sentAtMs.set(socket, performance.now());
    socket.write(REQUEST);
  }
  for (const socket of sockets) socket.destroy();
  return latenciesMs;
}

function open(port: number, fail: (error: Error) => void, sendsAtOnce = true): Socket {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.on('error', fail);
  if (sendsAtOnce) socket.on('connect', () => socket.write(REQUEST));
  return socket;
}
