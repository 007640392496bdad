import { refusals } from '../api/refusals.ts';
import { Refusal } from './refusal.ts';

/** What a request asks for. */
export interface ServerRequest {
  /** Upper case; `HEAD` is as `GET` without a body. */
  readonly method: string;
  /** As it came, percent-encoded, without its query. */
  readonly path: string;
  /** What came after the path. */
  readonly query: URLSearchParams;
  /** Whether JSON is to be indented. */
  readonly pretty: boolean;
  /** Value of `Accept`; empty: anything. */
  readonly accept: string;
}

/**
 * Reads a request line. The path is left as it came: what is allowed is decided by the same text that is served.
 *
 * @throws Refusal 414 for a URL that is too long, 400 for one that is no path.
 */
export function parseRequest(
  {
    method = '',
    url = '',
  }: { readonly method?: string | undefined; readonly url?: string | undefined },
  accept: string,
  maxUrlLength: number,
): ServerRequest {
  if (url.length > maxUrlLength) {
    const message = `Expected a URL of at most ${maxUrlLength} characters, got ${url.length}`;
    throw new Refusal({ code: 414, message });
  }
  if (!url.startsWith('/')) throw new Refusal(refusals.badRequest('Expected a path in the URL'));
  const question = url.indexOf('?');
  const path = question < 0 ? url : url.slice(0, question);
  const query = new URLSearchParams(question < 0 ? '' : url.slice(question + 1));
  const pretty = query.get('pretty');
  return { method, path, query, accept, pretty: pretty === '1' || pretty === 'true' };
}
