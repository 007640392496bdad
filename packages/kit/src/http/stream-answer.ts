import type { ServerHttp2Stream } from 'node:http2';
import type { AnswerView } from './request-record.ts';

/** The answer on a stream of HTTP/2, seen as a response. */
export class StreamAnswer implements AnswerView {
  readonly #stream: ServerHttp2Stream;

  constructor(stream: ServerHttp2Stream) {
    this.#stream = stream;
  }

  get headersSent(): boolean {
    return this.#stream.headersSent;
  }

  get statusCode(): number {
    return Number(this.#stream.sentHeaders[':status'] ?? 200);
  }

  get destroyed(): boolean {
    return this.#stream.destroyed;
  }

  get writableFinished(): boolean {
    return this.#stream.writableFinished;
  }

  on(event: 'error', listener: (error: Error) => void): void {
    this.#stream.on(event, listener);
  }

  end(): void {
    this.#stream.end();
  }
}
