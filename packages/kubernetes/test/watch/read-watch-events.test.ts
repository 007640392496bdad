import { PassThrough } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readWatchEvents, WatchGap } from '../../src/watch/read-watch-events.ts';

async function eventsOf(chunks: readonly Uint8Array[], maxLineBytes = 1000): Promise<unknown[]> {
  const stream = new PassThrough();
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  const events: unknown[] = [];
  const bounds = { silenceMs: 5_000, maxLineBytes };
  for await (const event of readWatchEvents(stream as unknown as IncomingMessage, bounds)) {
    events.push(event);
  }
  return events;
}

const BOOKMARK = { type: 'BOOKMARK', object: { metadata: { resourceVersion: '9' } } };

test('a line without end is a gap', async () => {
  await expect(eventsOf([Buffer.alloc(600, 0x20), Buffer.alloc(600, 0x20)])).rejects.toThrow(
    'a line is longer than 1000 bytes',
  );
});

test('any bytes give events, or a gap', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array()), async (chunks) => {
      const good = Buffer.from(`${JSON.stringify(BOOKMARK)}\n`);
      try {
        expect((await eventsOf([good, ...chunks]))[0]).toEqual(BOOKMARK);
      } catch (error) {
        expect(error).toBeInstanceOf(WatchGap);
      }
    }),
  );
});
