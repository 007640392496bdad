import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { TLSSocket } from 'node:tls';
import { refusals } from '../api/refusals.ts';
import type { Log } from '../self/log.ts';
import { statusAnswer } from './answer.ts';
import { answerRequest, type AskedFor, type RequestGates } from './answer-request.ts';
import { errorStatus, isUnexpected } from './error-status.ts';
import { parseRequest } from './parse-request.ts';
import { Refusal } from './refusal.ts';
import type { RoutedAnswer, RouteTargets } from './route-request.ts';
import { sendAnswer } from './send-answer.ts';

/** What became of a request. */
export interface RequestReport {
  /** API group; empty for what is no metric. */
  readonly group: string;
  /** Such as `get` or `list`; empty for a request that could not be read, and a probe. */
  readonly verb: string;
  /** HTTP status; 499 when the client went away before. */
  readonly code: number;
  /** Name of the source that answered; empty: none. */
  readonly source: string;
  /** Values below 0 that were answered as 0. */
  readonly clampedValues: number;
  /** From the request's headers to its answer's end, in milliseconds. */
  readonly durationMs: number;
}

/** How requests are handled. */
export interface RequestHandling {
  /** What stands before the answers. */
  readonly gates: RequestGates;
  /** What is answered from. */
  readonly targets: RouteTargets;
  /** From a request to its answer, in milliseconds. */
  readonly answerTimeoutMs: number;
  /** Longest URL, in characters. */
  readonly maxUrlLength: number;
  /** Told of each request. */
  readonly onRequest: (report: RequestReport) => void;
  /** Told of mistakes of ours. */
  readonly log: Log;
}

/** Handles one request to its end, whatever happens. Never rejects. */
export async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  handling: RequestHandling,
): Promise<void> {
  const beganMs = performance.now();
  const asked: AskedFor = { group: '', verb: '' };
  const ending = new AbortController();
  const deadline = setTimeout(() => {
    ending.abort(new Refusal(refusals.timeout(`no answer within ${handling.answerTimeoutMs} ms`)));
  }, handling.answerTimeoutMs);
  // A client that goes away is normal: the API server asks five times at once and takes the first answer.
  response.once('close', () => {
    if (!response.writableFinished) ending.abort(new ClientGone());
  });
  prepare(request, response);
  const {
    answer,
    source,
    clampedValues = 0,
  } = await untilEnded(ending.signal, () =>
    answerOrRefuse(request, asked, handling, ending.signal),
  ).catch((error: unknown): RoutedAnswer => ({
    answer: statusAnswer(errorStatus(error)),
    source: '',
  }));
  clearTimeout(deadline);
  const isGone = response.destroyed || response.writableEnded;
  if (!isGone) await sendAnswer(request, response, answer).catch(() => response.destroy());
  const code = isGone ? 499 : response.statusCode;
  const durationMs = performance.now() - beganMs;
  handling.onRequest({ ...asked, code, source, clampedValues, durationMs });
}

class ClientGone extends Error {}

/** A body is not read: the connection ends after the answer, so that it need not be waited for. */
function prepare(request: IncomingMessage, response: ServerResponse): void {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
  if (length !== '0' || encoding !== undefined) response.setHeader('connection', 'close');
  const auditId = request.headers['audit-id'];
  const isId = typeof auditId === 'string' && /^[\w-]{1,64}$/.test(auditId);
  response.setHeader('audit-id', isId ? auditId : randomUUID());
}

/** A source may not listen to its signal; the client need not wait for it. */
async function untilEnded<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  let leave: () => void = () => undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    leave = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([work(), ended]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

async function answerOrRefuse(
  request: IncomingMessage,
  asked: AskedFor,
  { gates, targets, maxUrlLength, log }: RequestHandling,
  signal: AbortSignal,
): Promise<RoutedAnswer> {
  try {
    const parsed = parseRequest(request, request.headers.accept ?? '', maxUrlLength);
    const { socket } = request;
    const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
    const credentials = { certificate, rawHeaders: request.rawHeaders };
    return await answerRequest(parsed, credentials, { gates, targets, asked }, signal);
  } catch (error) {
    if (isUnexpected(error) && !signal.aborted) {
      log('error', 'a request failed by a mistake of the adapter', { error, ...asked });
    }
    throw signal.aborted ? (signal.reason as Error) : error;
  }
}
