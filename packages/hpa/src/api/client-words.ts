/** An answer that refuses, as far as it matters here: a `Status`, or the page of something in between as its message. */
export interface ApiRefusal {
  /** HTTP status. */
  readonly code: number;
  /** Of the `Status`; empty: the answer was none. */
  readonly reason: string;
  /** Of the `Status`, or what else the answer held. */
  readonly message: string;
}

/**
 * What client-go says of an answer that refuses, which the controller's messages repeat.
 *
 * @param request - Verb and resource, such as `get pods.metrics.k8s.io`.
 * @see kubernetes/apimachinery v0.37.2 pkg/api/errors/errors.go (NewGenericServerResponse)
 */
export function clientWords({ code, reason, message }: ApiRefusal, request: string): string {
  if (reason !== '') return message;
  const fact =
    code === 404
      ? 'the server could not find the requested resource'
      : code === 503
        ? 'the server is currently unable to handle the request'
        : `an error on the server (${JSON.stringify(message)}) has prevented the request from succeeding`;
  return `${fact} (${request})`;
}
