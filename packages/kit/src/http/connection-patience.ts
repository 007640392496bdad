/** How long what is open is kept when its server drains. */
export interface ConnectionPatience {
  /** Idle for so long after its last answer, a client has had time to send what it had when that answer left. */
  readonly idleMs: number;
  /** A request whose headers, or a TLS connection whose handshake, does not get complete in this time is cut. */
  readonly halfRequestMs: number;
  /** A client that does not close after this side has, is closed. */
  readonly lingerMs: number;
  /** Between the AbortSignal of an event stream and its end by the kit. */
  readonly eventSourceGraceMs: number;
  /** A WebSocket whose client does not answer the close frame in this time is cut. */
  readonly webSocketCloseMs: number;
}

/** What the kit uses. */
export const DEFAULT_PATIENCE: ConnectionPatience = {
  idleMs: 500,
  halfRequestMs: 2_000,
  lingerMs: 1_000,
  eventSourceGraceMs: 1_000,
  webSocketCloseMs: 5_000,
};
