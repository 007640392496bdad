/** What the server takes of its clients; beyond it they are refused. */
export interface ServerLimits {
  /** Connections at the same time; further ones are closed. @defaultValue 1024 */
  readonly maxConnections: number;
  /** Reads of metrics at the same time; further ones are answered 429. @defaultValue 400 */
  readonly maxConcurrentReads: number;
  /** A request line and its headers, in bytes; label selectors may be long. @defaultValue 32768 */
  readonly maxHeaderBytes: number;
  /** A request's path and query, in characters; beyond: 414. @defaultValue 16384 */
  readonly maxUrlLength: number;
  /** A TLS handshake, in milliseconds. @defaultValue 10000 */
  readonly handshakeTimeoutMs: number;
  /** From the connection's beginning, or the end of an answer, to the end of a request's headers, in milliseconds. @defaultValue 10000 */
  readonly headersTimeoutMs: number;
  /** A whole request, with a body that nobody reads, in milliseconds. @defaultValue 30000 */
  readonly requestTimeoutMs: number;
  /** A connection without a request; the API server keeps connections for 90 s. In milliseconds. @defaultValue 120000 */
  readonly idleTimeoutMs: number;
  /** A client that takes nothing of its answer, in milliseconds. @defaultValue 60000 */
  readonly stalledTimeoutMs: number;
  /** After so long the next answer is a connection's last, so that load spreads over replicas, in milliseconds. @defaultValue 600000 */
  readonly maxConnectionAgeMs: number;
  /** From a request to its answer, which is then 504, in milliseconds. @defaultValue 10000 */
  readonly answerTimeoutMs: number;
}

/** Each limit's default. */
export const DEFAULT_SERVER_LIMITS: ServerLimits = {
  maxConnections: 1024,
  maxConcurrentReads: 400,
  maxHeaderBytes: 32_768,
  maxUrlLength: 16_384,
  handshakeTimeoutMs: 10_000,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  idleTimeoutMs: 120_000,
  stalledTimeoutMs: 60_000,
  maxConnectionAgeMs: 600_000,
  answerTimeoutMs: 10_000,
};
