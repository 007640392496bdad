import type { IncomingMessage } from 'node:http';
import type { KubernetesObject } from '../kubernetes-object.ts';
import type { WatchEvent } from './watch-event.ts';

/** Bounds of {@link readWatchEvents}. */
export interface ReadWatchOptions {
  /** Neither event nor bookmark within this time is taken for a dead connection, in milliseconds. */
  readonly silenceMs: number;
  /** Longest line, in bytes. */
  readonly maxLineBytes: number;
}

/** Something is missing in the stream: what is known of the objects may be wrong, so they must be listed again. */
export class WatchGap extends Error {}

const NEWLINE = 0x0a;

/**
 * The events of a watch, until the API server ends it.
 *
 * @throws WatchGap for silence, a line that is too long or no event; the client's own watch ignores such lines.
 * @throws Error when the connection breaks: a watch from the last version seen goes on without a gap.
 */
export async function* readWatchEvents<T extends KubernetesObject>(
  response: IncomingMessage,
  options: ReadWatchOptions,
): AsyncGenerator<WatchEvent<T>> {
  const silent = setTimeout(() => {
    response.destroy(new WatchGap(`nothing came for ${options.silenceMs} ms`));
  }, options.silenceMs);
  try {
    let parts: Buffer[] = [];
    let partBytes = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      silent.refresh();
      let start = 0;
      for (let end; (end = chunk.indexOf(NEWLINE, start)) >= 0; start = end + 1) {
        const line = Buffer.concat([...parts, chunk.subarray(start, end)]);
        parts = [];
        partBytes = 0;
        yield parseEvent<T>(line);
      }
      partBytes += chunk.length - start;
      if (partBytes > options.maxLineBytes) {
        throw new WatchGap(`a line is longer than ${options.maxLineBytes} bytes`);
      }
      if (start < chunk.length) parts.push(chunk.subarray(start));
    }
    if (partBytes > 0) throw new WatchGap('the last line has no end');
  } finally {
    clearTimeout(silent);
    response.destroy();
  }
}

function parseEvent<T extends KubernetesObject>(line: Buffer): WatchEvent<T> {
  let event: unknown;
  try {
    event = JSON.parse(line.toString());
  } catch (cause) {
    throw new WatchGap('a line is no JSON', { cause });
  }
  if (!isEvent<T>(event)) throw new WatchGap('a line is no watch event');
  return event;
}

const TYPES = new Set<unknown>(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']);

function isEvent<T extends KubernetesObject>(value: unknown): value is WatchEvent<T> {
  if (typeof value !== 'object' || value === null) return false;
  const { type, object } = value as { readonly type?: unknown; readonly object?: unknown };
  if (!TYPES.has(type) || typeof object !== 'object' || object === null) return false;
  const { metadata } = object as { readonly metadata?: unknown };
  return type === 'ERROR' || (typeof metadata === 'object' && metadata !== null);
}
