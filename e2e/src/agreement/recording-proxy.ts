import { once } from 'node:events';
import { Agent, createServer, request as send, type RequestOptions, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PemCertificate } from '../kube/certificates.ts';

/** A request that was answered in full. */
export interface Exchange {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly userAgent: string;
  readonly requestBody: string;
  /** HTTP status. */
  readonly status: number;
  readonly body: string;
  /** When the request and the answer's end came by, in milliseconds since the epoch. */
  readonly requestedAtMs: number;
  readonly answeredAtMs: number;
}

/** Who hears of what comes by, each at the moment it is passed on. */
export interface Listener {
  /** A request has arrived, and nobody has been asked yet. */
  requested(request: Pick<Exchange, 'method' | 'path' | 'userAgent' | 'requestedAtMs'>): void;
  answered(exchange: Exchange): void;
  /** A line of a watch. */
  watched(path: string, line: string, atMs: number): void;
}

/** Options of {@link startRecordingProxy}. */
export interface RecordingProxyOptions {
  /** URL of the API server, and its authority as PEM text. */
  readonly server: string;
  readonly authority: string;
  /** Shown to the client. */
  readonly serving: PemCertificate;
  /** Shown to the API server on behalf of a client that shows no token. */
  readonly client: PemCertificate;
  /** Which requests are told of, by their path. */
  readonly isRecorded: (path: string) => boolean;
  readonly listener: Listener;
}

/** A proxy between a client and the API server. */
export interface RecordingProxy {
  readonly port: number;
  stop(): Promise<void>;
}

/** Longer than a client keeps a connection that it does not use. */
const KEEP_ALIVE_MS = 600_000;

/** Starts a proxy on 127.0.0.1 that passes all on unchanged, but for compression. HTTP/1.1 on both sides. */
export async function startRecordingProxy(options: RecordingProxyOptions): Promise<RecordingProxy> {
  const { server: url, authority, client, serving } = options;
  const { hostname, port } = new URL(url);
  const base = { keepAlive: true, ca: authority };
  const byToken = new Agent(base);
  const byCertificate = new Agent({ ...base, cert: client.certificate, key: client.key });
  const server = createServer(
    { cert: serving.certificate, key: serving.key, keepAliveTimeout: KEEP_ALIVE_MS },
    (request, response) => {
      const isByToken = request.headers.authorization !== undefined;
      passOn(options, request, response, {
        ...{ hostname, port, agent: isByToken ? byToken : byCertificate },
      });
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => stop(server, [byToken, byCertificate]),
  };
}

async function stop(server: Server, agents: readonly Agent[]): Promise<void> {
  server.close();
  server.closeAllConnections();
  for (const agent of agents) agent.destroy();
  if (server.listening) await once(server, 'close');
}

function passOn(
  { isRecorded, listener }: RecordingProxyOptions,
  request: IncomingMessage,
  response: ServerResponse,
  where: RequestOptions,
): void {
  const requestedAtMs = Date.now();
  const { method = 'GET', headers, url: target = '/' } = request;
  const passed = { ...headers, 'accept-encoding': 'identity' };
  const { pathname, searchParams: query } = new URL(target, 'https://localhost');
  const path = decodeURIComponent(pathname);
  const userAgent = headers['user-agent'] ?? '';
  // Informers of metadata see less of an object than the HPA's.
  const isWhole = headers.accept?.includes('PartialObjectMetadata') !== true;
  const isTold = isWhole && isRecorded(path);
  if (isTold) listener.requested({ method, path, userAgent, requestedAtMs });
  const asked = send({ ...where, method, path: target, headers: passed });
  asked.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    if (isTold && query.get('watch') !== null) tellLines(answer, path, listener);
    else if (isTold) {
      const told = { method, path, query, userAgent, requestedAtMs };
      void tellExchange({ told, requestBody, answer, listener });
    }
    answer.pipe(response);
    answer.once('error', () => response.destroy());
  });
  asked.once('error', () => response.destroy());
  response.once('close', () => asked.destroy());
  const requestBody = isTold ? collect(request) : Promise.resolve('');
  request.pipe(asked);
}

async function collect(stream: IncomingMessage): Promise<string> {
  stream.setEncoding('utf8');
  let text = '';
  stream.on('data', (part: string) => (text += part));
  return new Promise((resolve) => {
    stream.once('end', () => {
      resolve(text);
    });
  });
}

interface Told {
  readonly told: Omit<Exchange, 'requestBody' | 'status' | 'body' | 'answeredAtMs'>;
  readonly requestBody: Promise<string>;
  readonly answer: IncomingMessage;
  readonly listener: Listener;
}

async function tellExchange({ told, requestBody, answer, listener }: Told): Promise<void> {
  const [sent, body] = await Promise.all([requestBody, collect(answer)]);
  const status = answer.statusCode ?? 0;
  listener.answered({ ...told, requestBody: sent, status, body, answeredAtMs: Date.now() });
}

function tellLines(answer: IncomingMessage, path: string, listener: Listener): void {
  let rest = '';
  answer.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') listener.watched(path, line, Date.now());
  });
}
