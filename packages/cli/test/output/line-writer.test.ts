import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createLineWriter } from '../../src/output/line-writer.ts';

test('leaves out and counts what may be missing while the reader lags behind, and nothing else', () => {
  const stream = new PassThrough({ highWaterMark: 8 });
  const lines = createLineWriter(stream);
  lines.offer('tick 1');
  lines.write('decision 1');
  lines.offer('tick 2');
  lines.offer('tick 3');
  lines.write('decision 2');
  expect(String(stream.read())).toBe('tick 1\ndecision 1\ndecision 2\n');
  expect(lines.takeLeftOut()).toBe(2);
  expect(lines.takeLeftOut()).toBe(0);
});

test('goes on when the reader has caught up', async () => {
  const stream = new PassThrough({ highWaterMark: 8 });
  const lines = createLineWriter(stream);
  lines.write('decision 1');
  lines.offer('tick 1');
  const drained = new Promise((resolve) => stream.once('drain', resolve));
  stream.resume();
  await drained;
  stream.pause();
  lines.offer('tick 2');
  expect(String(stream.read())).toBe('tick 2\n');
});
