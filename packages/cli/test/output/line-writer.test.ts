import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createLineWriter, MAX_WAITING_BYTES } from '../../src/output/line-writer.ts';

/** A piece that fills all the room there is. */
const FULL = 'x'.repeat(MAX_WAITING_BYTES);

test('leaves out and counts what may be missing while the reader lags behind, and nothing else', async () => {
  const stream = new PassThrough();
  const lines = createLineWriter(stream);
  lines.offer('tick 1');
  // The first piece is with the reader already; the second waits.
  lines.write(FULL);
  lines.write(FULL);
  lines.offer('tick 2');
  lines.offer('tick 3');
  lines.write('decision');
  stream.end();
  const read = Buffer.concat(await stream.toArray()).toString();
  expect(read).toBe(`tick 1\n${FULL}\n${FULL}\ndecision\n`);
  expect(lines.takeLeftOut()).toBe(2);
  expect(lines.takeLeftOut()).toBe(0);
});

test('goes on when the reader has caught up', async () => {
  const stream = new PassThrough();
  const lines = createLineWriter(stream);
  lines.write(FULL);
  lines.write(FULL);
  lines.offer('tick 1');
  const drained = once(stream, 'drain');
  stream.resume();
  await drained;
  lines.offer('tick 2');
  expect(lines.takeLeftOut()).toBe(1);
});
