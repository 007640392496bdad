import * as http from 'node:http';
import * as https from 'node:https';
import { CANCELLED, connectionFailure, type ProbeReport } from './probe-report.ts';

/** More of an answer's body is not read. */
export const MAX_BODY_BYTES: number = 10 * 1024;
const MAX_REDIRECTS = 10;
const USER_AGENT = 'kube-probe/1.37';
/** A connection for each probe, as the kubelet; `agent: false` would also make an agent for each. */
const AGENTS = {
  HTTP: new http.Agent({ keepAlive: false }),
  HTTPS: new https.Agent({ keepAlive: false, maxCachedSessions: 0, rejectUnauthorized: false }),
};

/** Where a probe's or hook's request goes. */
export interface HttpTarget {
  readonly scheme: 'HTTP' | 'HTTPS';
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/**
 * Asks once: an answer of 200 to 399 within the time is success. Redirects to the same host are followed,
 * one to another host is not: it counts as success, with a warning. Certificates are not verified.
 *
 * @param timeoutMs - For everything together: connect, redirects, body.
 * @param signal - Calls it off: the connection is closed at once.
 * @see kubernetes/kubernetes v1.37.2 pkg/probe/http/http.go (DoHTTPProbe, RedirectChecker), request.go
 */
export async function runHttpProbe(
  target: HttpTarget,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<ProbeReport> {
  const deadline = new AbortController();
  const end = (): void => {
    deadline.abort();
  };
  const timer = setTimeout(end, timeoutMs);
  signal.addEventListener('abort', end);
  try {
    signal.throwIfAborted();
    return await followLocally(target, deadline.signal);
  } catch (error) {
    if (signal.aborted) return CANCELLED;
    const doing = `Get "${urlOf(target)}": `;
    if (!deadline.signal.aborted) return connectionFailure(error, { ...target, doing });
    return {
      outcome: 'failure',
      message: `${doing}context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
    };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

async function followLocally(first: HttpTarget, signal: AbortSignal): Promise<ProbeReport> {
  let target = first;
  for (let redirects = 0; ; redirects++) {
    const answer = await ask(target, signal);
    const next = redirectTarget(answer, target);
    if (next?.host !== first.host) return judge(answer);
    if (redirects === MAX_REDIRECTS) {
      return { outcome: 'failure', message: `stopped after ${MAX_REDIRECTS} redirects` };
    }
    target = next;
  }
}

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  /** False when the answer broke off in its body. */
  readonly complete: boolean;
  readonly body: string;
}

function judge(answer: Answer): ProbeReport {
  const { status: statusCode, body } = answer;
  if (!answer.complete) {
    return { outcome: 'error', message: 'the answer broke off in its body', statusCode };
  }
  if (statusCode >= 300 && statusCode < 400) {
    const message = `Probe terminated redirects, Response body: ${body}`;
    return { outcome: 'success', message, statusCode, warning: true };
  }
  if (statusCode >= 200 && statusCode < 300) return { outcome: 'success', message: '', statusCode };
  const message = `HTTP probe failed with statuscode: ${statusCode}`;
  return { outcome: 'failure', message, statusCode };
}

function redirectTarget(answer: Answer, from: HttpTarget): HttpTarget | undefined {
  if (![301, 302, 303, 307, 308].includes(answer.status) || answer.location === undefined) {
    return undefined;
  }
  const url = parseUrl(answer.location, urlOf(from));
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return undefined;
  const scheme = url.protocol === 'https:' ? 'HTTPS' : 'HTTP';
  const port = url.port === '' ? (scheme === 'HTTPS' ? 443 : 80) : Number(url.port);
  return { ...from, scheme, host: url.hostname, port, path: `${url.pathname}${url.search}` };
}

function parseUrl(text: string, base: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

function ask(target: HttpTarget, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const secure = target.scheme === 'HTTPS';
    const request = (secure ? https : http).request({
      host: target.host,
      port: target.port,
      path: requestPath(target.path),
      headers: headersOf(target),
      agent: AGENTS[target.scheme],
      signal,
    });
    request.on('error', reject);
    request.once('response', (response) => {
      readBody(response, (body, complete) => {
        const { statusCode: status = 0, headers } = response;
        request.destroy();
        resolve({ status, location: headers.location, complete, body });
      });
    });
    request.end();
  });
}

/** Reads up to {@link MAX_BODY_BYTES}; more is not an error. */
function readBody(
  response: http.IncomingMessage,
  done: (body: string, complete: boolean) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const finish = (complete: boolean): void => {
    done(Buffer.concat(chunks).toString('utf8', 0, MAX_BODY_BYTES), complete);
  };
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= MAX_BODY_BYTES) finish(true);
  });
  response.once('end', () => {
    finish(true);
  });
  response.on('error', () => {
    finish(false);
  });
}

/** The given headers, over the defaults of the kubelet; an empty `User-Agent` or `Accept` is left out. */
function headersOf(target: HttpTarget): Record<string, string | string[]> {
  const headers = new Map<string, string[]>();
  for (const { name, value } of target.headers) {
    const key = name.toLowerCase();
    headers.set(key, [...(headers.get(key) ?? []), value]);
  }
  for (const [key, value] of [
    ['user-agent', USER_AGENT],
    ['accept', '*/*'],
  ] as const) {
    const given = headers.get(key);
    if (given === undefined) headers.set(key, [value]);
    else if (given[0] === '') headers.delete(key);
  }
  headers.set('connection', ['close']);
  if (!headers.has('accept-encoding')) headers.set('accept-encoding', ['gzip']);
  if (headers.get('host')?.[0] === '') headers.delete('host');
  return Object.fromEntries(
    [...headers].map(([key, values]) => [key, values.length === 1 ? (values[0] ?? '') : values]),
  );
}

function urlOf(target: HttpTarget): string {
  const { scheme, host, port, path } = target;
  return `${scheme.toLowerCase()}://${host}:${port}${requestPath(path)}`;
}

/** The path as it goes on the wire: with a leading slash, no fragment, nothing that HTTP cannot carry. */
function requestPath(path: string): string {
  const withoutFragment = path.split('#', 1)[0] ?? '';
  const escaped = withoutFragment
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[^!-~]/gu, (character) => encodeURIComponent(character));
  return escaped.startsWith('/') ? escaped : `/${escaped}`;
}
