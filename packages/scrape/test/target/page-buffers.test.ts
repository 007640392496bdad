import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PageBuffers, type PageInParts } from '../../src/target/page-buffers.ts';

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

const PARTS = [new Uint8Array([1, 2]), new Uint8Array([3])];

function filled(buffers: PageBuffers): PageInParts {
  const page = buffers.begin();
  for (const part of PARTS) page.add(part);
  return page;
}

test('a page of one part is that part, without a copy', () => {
  const page = new PageBuffers().begin();
  const part = new Uint8Array([1, 2, 3]);
  page.add(part);
  expect(page.bytes()).toBe(part);
});

test('memory given back is used for the next page, and for one only', () => {
  const buffers = new PageBuffers();
  const first = filled(buffers);
  const memory = first.bytes().buffer;
  first.release();
  first.release();
  expect(first.bytes()).toHaveLength(0);
  const [second, third] = [filled(buffers), filled(buffers)];
  expect(second.bytes().buffer).toBe(memory);
  expect(third.bytes().buffer).not.toBe(memory);
});
