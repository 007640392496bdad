import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PageBuffers } from '../../src/target/page-buffers.ts';

test('a page is its parts, however large, also in memory that was used before', () => {
  const parts = fc.array(fc.uint8Array({ maxLength: 50_000 }), { maxLength: 10 });
  const buffers = new PageBuffers();
  fc.assert(
    fc.property(parts, (given) => {
      const page = buffers.begin();
      for (const part of given) page.add(part);
      expect(Buffer.compare(page.bytes(), Buffer.concat(given))).toBe(0);
      expect(page.length).toBe(Buffer.concat(given).length);
      page.release();
    }),
    { numRuns: 30 },
  );
});

test('memory given back is used for the next page, and for one only', () => {
  const buffers = new PageBuffers();
  const first = buffers.begin();
  const memory = first.bytes().buffer;
  first.release();
  first.release();
  const [second, third] = [buffers.begin(), buffers.begin()];
  expect(second.bytes().buffer).toBe(memory);
  expect(third.bytes().buffer).not.toBe(memory);
});
