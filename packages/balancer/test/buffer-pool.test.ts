import { expect, test } from 'vitest';
import { BufferPool, BUFFERS_KEPT, READ_BUFFER_BYTES } from '../src/buffer-pool.ts';

test('a buffer that was given back is taken again', () => {
  const pool = new BufferPool();
  const buffer = pool.take();
  expect(buffer).toHaveLength(READ_BUFFER_BYTES);
  expect(pool.take()).not.toBe(buffer);
  pool.giveBack(buffer);
  expect(pool.take()).toBe(buffer);
});

test('no more than a fixed number of free buffers is kept', () => {
  const pool = new BufferPool();
  const buffers = Array.from({ length: BUFFERS_KEPT + 3 }, () => pool.take());
  for (const buffer of buffers) pool.giveBack(buffer);
  const known = new Set(buffers);
  const again = Array.from({ length: BUFFERS_KEPT + 3 }, () => pool.take());
  expect(again.filter((buffer) => known.has(buffer))).toHaveLength(BUFFERS_KEPT);
});
