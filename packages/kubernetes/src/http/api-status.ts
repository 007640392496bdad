/** `metav1.Status`: what the API server says when it refuses something. */
export interface ApiStatus {
  /** Always `Status`. */
  readonly kind: 'Status';
  /** HTTP status code, such as 404. */
  readonly code: number;
  /** One word for programs, such as `NotFound`; empty when the answer held none. */
  readonly reason: string;
  /** A sentence for people. */
  readonly message: string;
  /** After how many seconds to ask again; absent when nothing was said. */
  readonly retryAfterSeconds?: number;
}

/** The status that an error of this package carries as its cause; `undefined` when the API server did not answer with one. */
export function apiStatusOf(error: unknown): ApiStatus | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return isApiStatus(cause) ? cause : undefined;
}

/** Reads an answer that is not 2xx. A body that is no `Status` (a proxy's page, say) becomes the message, cut to 500 characters. */
export function readApiStatus(httpStatus: number, body: string): ApiStatus {
  const parsed = parseJson(body);
  if (typeof parsed !== 'object' || parsed === null) {
    return { kind: 'Status', code: httpStatus, reason: '', message: body.trim().slice(0, 500) };
  }
  const { code, reason, message, details } = parsed as Record<string, unknown>;
  const retryAfterSeconds = (details as { retryAfterSeconds?: unknown } | null | undefined)
    ?.retryAfterSeconds;
  return {
    kind: 'Status',
    code: typeof code === 'number' ? code : httpStatus,
    reason: typeof reason === 'string' ? reason : '',
    message: typeof message === 'string' ? message : '',
    ...(typeof retryAfterSeconds === 'number' && { retryAfterSeconds }),
  };
}

function isApiStatus(value: unknown): value is ApiStatus {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Status';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
