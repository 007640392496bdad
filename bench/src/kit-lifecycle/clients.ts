import { Agent, request, type RequestOptions } from 'node:http';
import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Scenario } from './scenario.ts';

const HOST = '127.0.0.1';
const MAX_THINK_MS = 10;
/** After a failure, so that a closed port is not asked without end. */
const AFTER_LOSS_MS = 20;
const ANSWER_TIMEOUT_MS = 30_000;

/** What the clients have seen. */
export interface Account {
  answered: number;
  /** Why requests got no whole, good answer, by cause. */
  readonly lost: Map<string, number>;
  /** Streams of HTTP/2 that the server refused unprocessed: safe to repeat, and so counted apart. */
  refused: number;
}

/** How a request ended. */
type Outcome = 'answered' | 'refused' | { readonly lost: string };

/** Clients of a scenario at work. */
export interface Clients {
  readonly account: Account;
  /** Resolves when each has had its last answer. */
  stop(): Promise<void>;
}

/** Starts a scenario's clients: each keeps one connection, and tries nothing twice. */
export function startClients(scenario: Scenario, port: () => number): Clients {
  const account: Account = { answered: 0, lost: new Map(), refused: 0 };
  const stopping = new AbortController();
  const { signal } = stopping;
  const loops = (count: number, path: string, headStartMs: number): Promise<void>[] =>
    Array.from({ length: count }, (_, index) =>
      runLoop(createAsker(scenario, port, path), account, signal, (index / count) * headStartMs),
    );
  const done = [
    ...loops(scenario.busy, '/', 0),
    // Spread over their length, so that some are at any stage when the signal comes.
    ...loops(scenario.slow, '/slow', 3_000),
    ...loops(scenario.streaming, '/stream', 3_000),
  ];
  const open = [
    ...Array.from({ length: scenario.silent }, () => holdSilent(port)),
    ...Array.from({ length: scenario.idle }, () => holdIdle(port)),
  ];
  return {
    account,
    stop: async () => {
      stopping.abort();
      await Promise.all(done);
      for (const socket of open) socket.destroy();
    },
  };
}

async function runLoop(
  ask: Asker,
  account: Account,
  stopping: AbortSignal,
  headStartMs: number,
): Promise<void> {
  await pause(headStartMs);
  while (!stopping.aborted) {
    const outcome = await ask.once();
    if (outcome === 'answered') account.answered += 1;
    else if (outcome === 'refused') account.refused += 1;
    else account.lost.set(outcome.lost, (account.lost.get(outcome.lost) ?? 0) + 1);
    const isLoss = typeof outcome === 'object';
    await pause(isLoss ? AFTER_LOSS_MS : Math.random() * MAX_THINK_MS);
  }
  ask.end();
}

/** Asks on one connection, and on a new one when that is gone. */
interface Asker {
  once(): Promise<Outcome>;
  end(): void;
}

function createAsker({ protocol }: Scenario, port: () => number, path: string): Asker {
  if (protocol === 'h2c') return createHttp2Asker(port, path);
  const isTls = protocol === 'https';
  const agent = new (isTls ? HttpsAgent : Agent)({ keepAlive: true, maxSockets: 1 });
  agent.createConnection = () =>
    isTls
      ? connectTls({ host: HOST, port: port(), rejectUnauthorized: false })
      : connect({ host: HOST, port: port() });
  const options: RequestOptions = { host: 'service', path, agent, timeout: ANSWER_TIMEOUT_MS };
  return {
    once: () => askOnce(isTls ? httpsRequest : request, options),
    end: () => {
      agent.destroy();
    },
  };
}

function askOnce(send: typeof request, options: RequestOptions): Promise<Outcome> {
  return new Promise((resolve) => {
    const message = send(options);
    message.on('error', ({ code = 'no code' }: NodeJS.ErrnoException) => {
      resolve({ lost: `${code} on a ${message.reusedSocket ? 'kept' : 'new'} connection` });
    });
    message.on('timeout', () => message.destroy(new Error('no answer')));
    message.on('response', (response) => {
      response.resume();
      response.on('error', () => undefined);
      response.on('close', () => {
        const { statusCode } = response;
        if (statusCode !== 200) resolve({ lost: `status ${String(statusCode)}` });
        else resolve(response.complete ? 'answered' : { lost: 'an answer cut short' });
      });
    });
    message.end();
  });
}

function createHttp2Asker(port: () => number, path: string): Asker {
  let session: ClientHttp2Session | undefined;
  const current = (): ClientHttp2Session => {
    if (session !== undefined && !session.closed && !session.destroyed) return session;
    session = connectHttp2(`http://${HOST}:${port()}`);
    session.on('error', () => undefined);
    return session;
  };
  return {
    once: () => askHttp2(current(), path),
    end: () => session?.close(),
  };
}

function askHttp2(session: ClientHttp2Session, path: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const stream = session.request({ ':path': path });
    let status: number | undefined;
    let bytes = 0;
    stream.on('response', (headers) => (status = headers[':status']));
    stream.on('data', (chunk: Buffer) => (bytes += chunk.length));
    stream.on('error', () => undefined);
    stream.on('close', () => {
      if (stream.rstCode === REFUSED_STREAM) resolve('refused');
      else if (status === 200 && bytes > 0 && stream.rstCode === 0) resolve('answered');
      else resolve({ lost: `a stream with status ${String(status)}, code ${stream.rstCode}` });
    });
    stream.end();
  });
}

const REFUSED_STREAM = 7;

function holdSilent(port: () => number): Socket {
  return connect(port(), HOST).on('error', () => undefined);
}

function holdIdle(port: () => number): Socket {
  const socket = holdSilent(port);
  socket.write('GET / HTTP/1.1\r\nHost: service\r\n\r\n');
  return socket.resume();
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
