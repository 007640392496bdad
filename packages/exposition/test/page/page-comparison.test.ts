import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PageComparison } from '../../src/page/page-comparison.ts';

test('finds the first byte that differs, whatever the bytes are', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 120 });
  const run = fc.record({ same: bytes, shift: fc.nat(9), at: fc.nat(), byte: fc.nat(255) });
  fc.assert(
    fc.property(run, ({ same, shift, at, byte }) => {
      const old = same.map((value) => (value === 0 ? 1 : value));
      const page = new Uint8Array([...new Uint8Array(shift), ...old]);
      page[shift + (at % old.length)] = byte;
      const pages = new PageComparison(new DataView(page.buffer), new DataView(old.buffer));
      const found = old.findIndex((value, index) => value !== page[shift + index]);
      expect(pages.commonLength(shift, 0, old.length)).toBe(found === -1 ? old.length : found);
    }),
    { numRuns: 1000 },
  );
});
