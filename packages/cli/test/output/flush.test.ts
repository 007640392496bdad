import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { flush } from '../../src/output/flush.ts';

/** A stream whose reader takes a piece, or fails, only when it is asked to. */
function slowStream(): { readonly stream: Writable; readonly takeOne: (error?: Error) => void } {
  const waiting: ((error?: Error) => void)[] = [];
  const stream = new Writable({
    write(_chunk, _encoding, done) {
      waiting.push(done);
    },
  });
  return { stream, takeOne: (error) => waiting.shift()?.(error) };
}

test('waits until the reader has taken all', async () => {
  const { stream, takeOne } = slowStream();
  stream.write('one');
  stream.write('two');
  let isFlushed = false;
  const flushed = flush(stream).then(() => {
    isFlushed = true;
  });
  for (let taken = 0; taken < 2; taken += 1) {
    takeOne();
    await new Promise(setImmediate);
    expect(isFlushed).toBe(false);
  }
  takeOne();
  await flushed;
});

test('does not wait for a reader that is gone', async () => {
  const { stream, takeOne } = slowStream();
  stream.on('error', () => undefined);
  stream.write('one');
  const flushed = flush(stream);
  takeOne(new Error('write EPIPE'));
  await flushed;
  await flush(stream);
});
