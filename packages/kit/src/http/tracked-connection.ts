import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { AnswerView } from './request-record.ts';

/** One client's connection and the requests on it. */
export class TrackedConnection {
  readonly socket: Socket;
  /** Requests parsed whose response has not ended; more than one when the client pipelines. */
  requests = 0;
  /** When the last request ended or, before the first, when the connection came; `performance.now()`. */
  idleSinceMs: number = performance.now();
  /** Whether this side has said that it will send no more. */
  isEnding = false;
  /** Made when a CONNECT or an upgrade has handed the connection over; aborts with what runs on it. */
  upgrade: AbortController | undefined;
  #newest: ServerResponse | undefined;
  #isMarked = false;
  #hasSaidClose = false;
  #bytesReadWhenIdle: number;

  constructor(socket: Socket) {
    this.socket = socket;
    this.#bytesReadWhenIdle = socket.bytesRead;
  }

  /** Whether a request is under way or, after an upgrade, whatever the service does with the connection. */
  get isBusy(): boolean {
    return this.requests > 0 || this.upgrade !== undefined;
  }

  /** Whether part of a request has come that is not parsed yet. */
  get hasHalfRequest(): boolean {
    // What comes behind the last answer is the rest of a body, or is not begun.
    if (this.isBusy || this.hasSaidClose) return false;
    return this.socket.bytesRead > this.#bytesReadWhenIdle;
  }

  /**
   * Whether an answer has gone out that {@link markClose} has marked: this side ends the connection after it, so that
   * what is asked for behind it would be done and never answered.
   */
  get hasSaidClose(): boolean {
    return this.#hasSaidClose || (this.#isMarked && saysClose(this.#newest));
  }

  /** Notes a request that was parsed. @param sayClose - Whether its response shall end the connection. */
  begin(response: ServerResponse, sayClose: boolean): void {
    this.requests += 1;
    this.#unmark();
    this.#newest = response;
    if (sayClose) this.markClose();
  }

  /** Notes that a response has ended. @param nowMs - `performance.now()` */
  end(response: AnswerView, nowMs: number): void {
    this.requests -= 1;
    this.idleSinceMs = nowMs;
    this.#bytesReadWhenIdle = this.socket.bytesRead;
    if (this.#newest !== response) return;
    this.#hasSaidClose = this.hasSaidClose;
    this.#newest = undefined;
  }

  /**
   * Lets the response of the newest request say `Connection: close`, unless its headers are gone. Never an older
   * one: Node ends the connection after it, and the answers behind it, whose handlers have run, would be lost.
   */
  markClose(): void {
    if (this.#newest === undefined || this.#newest.headersSent) return;
    this.#newest.setHeader('Connection', 'close');
    this.#isMarked = true;
    closeInStages(this.socket);
  }

  #unmark(): void {
    if (this.#isMarked && this.#newest?.headersSent === false) {
      this.#newest.removeHeader('Connection');
    }
    this.#isMarked = false;
  }
}

/** Whether the headers are gone, with `Connection: close`: the service may have overruled it. */
function saysClose(response: ServerResponse | undefined): boolean {
  return response?.headersSent === true && response.getHeader('Connection') === 'close';
}

/**
 * Lets Node end its side, and no more, after the last answer. It would close the socket, and the kernel answers what
 * the client still sends, such as the rest of a body that nobody read, with a reset, which can cost the client the
 * answer. Whoever goes on sending is cut as one that is idle.
 * @see RFC 9112 §9.6
 */
function closeInStages(socket: Socket): void {
  socket.destroySoon = () => {
    socket.end();
  };
}
