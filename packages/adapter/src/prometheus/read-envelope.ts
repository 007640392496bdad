import type { IncomingMessage } from 'node:http';
import { sourceError } from './source-error.ts';

/** Statuses whose body is Prometheus' own: all others come from what stands before it. */
const OWN_STATUSES = [400, 422, 503];

/** Whether a response's body is to be read as an answer of Prometheus. */
export function isOwnAnswer({ statusCode = 0 }: IncomingMessage): boolean {
  return (statusCode >= 200 && statusCode < 300) || OWN_STATUSES.includes(statusCode);
}

/** The error of a response that is not Prometheus' own; its body is let go. */
export function foreignAnswer(response: IncomingMessage): Error {
  response.destroy();
  const type = response.headers['content-type'] ?? 'no content type';
  return sourceError(
    `answered status ${response.statusCode ?? 0} with ${type}`,
    'Check the URL, and what stands before Prometheus.',
  );
}

/**
 * The `data` of an answer.
 *
 * @param maxBytes - A larger answer is cut off and refused.
 * @throws BellowsError `ERR_ADAPTER_SOURCE` for an error that Prometheus tells, and for what is no answer of it.
 * @see prometheus/prometheus v0.316.0 web/api/v1/api.go
 */
export async function readEnvelope(response: IncomingMessage, maxBytes: number): Promise<unknown> {
  if (!isOwnAnswer(response)) throw foreignAnswer(response);
  const body: unknown = parse(await readText(response, maxBytes));
  if (typeof body !== 'object' || body === null || !('status' in body)) throw notAnAnswer();
  if (body.status === 'error') throw toldError(body);
  return 'data' in body ? body.data : undefined;
}

/** The error that Prometheus tells in its answer. */
export function toldError(body: object): Error {
  const type = 'errorType' in body ? String(body.errorType) : 'error';
  const text = 'error' in body ? String(body.error) : '';
  return sourceError(
    `refused the query (${type.slice(0, 50)})`,
    'Try the query in the web page of Prometheus.',
    new Error(text.slice(0, 500)),
  );
}

/** The error of a body that is no answer of Prometheus. */
export function notAnAnswer(): Error {
  return sourceError('answered something that is not its JSON', 'Check the URL of Prometheus.');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notAnAnswer();
  }
}

async function readText(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      throw sourceError(
        `answered more than ${maxBytes} bytes`,
        'Let the rule sum by fewer labels, or ask for fewer series.',
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
