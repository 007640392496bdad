import { createHash } from 'node:crypto';
import { encodeJson } from '../api/go-json.ts';
import { statusObject, type Status } from '../api/status.ts';

/** What a request is answered with. */
export interface Answer {
  /** HTTP status. */
  readonly status: number;
  /** Value of `Content-Type`. */
  readonly contentType: string;
  /** The whole body. */
  readonly body: Uint8Array;
  /** Quoted hash of the body; undefined: the answer is not to be kept. */
  readonly etag?: string;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** JSON as the API server writes it. */
export function jsonAnswer(value: unknown, pretty = false): Answer {
  const body = Buffer.from(encodeJson(value, pretty));
  return { status: 200, contentType: 'application/json', body };
}

/** A refusal. One that is to be asked again says when in a header, too, which client-go obeys. */
export function statusAnswer(status: Status, pretty = false): Answer {
  const retryAfterSeconds = status.details?.retryAfterSeconds;
  return {
    ...jsonAnswer(statusObject(status), pretty),
    status: status.code,
    ...(retryAfterSeconds !== undefined && {
      headers: { 'retry-after': String(retryAfterSeconds) },
    }),
  };
}

/** Plain text. */
export function textAnswer(status: number, text: string): Answer {
  return { status, contentType: 'text/plain; charset=utf-8', body: Buffer.from(text) };
}

/** The same answer, with a hash by which a client asks whether it has changed. */
export function withEtag(answer: Answer): Answer {
  const hash = createHash('sha256').update(answer.body).digest('hex').slice(0, 32);
  return { ...answer, etag: `"${hash.toUpperCase()}"` };
}
