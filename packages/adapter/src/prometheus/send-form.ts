import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { PreparedConnection } from './connection.ts';

/** How a request's parameters travel. */
export type QueryMethod = 'GET' | 'POST';

/** A request of Prometheus' API. */
export interface FormRequest extends PreparedConnection {
  readonly url: URL;
  readonly method: QueryMethod;
  readonly parameters: URLSearchParams;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Sends parameters, in the URL or as a form. Redirects are not followed.
 *
 * @returns The answer, whose body is still to be read.
 * @throws Error of Node when the server cannot be reached, or the signal says so.
 */
export function sendForm(form: FormRequest): Promise<IncomingMessage> {
  const { url, method, parameters, signal, agent, headers } = form;
  const target = new URL(url);
  target.search = method === 'GET' ? parameters.toString() : '';
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(target, {
      method,
      agent,
      signal,
      headers: {
        accept: 'application/json',
        'user-agent': 'bellows',
        ...headers,
        ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
    });
    request.on('response', resolve).on('error', reject);
    request.end(method === 'POST' ? parameters.toString() : undefined);
  });
}
