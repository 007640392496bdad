import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextPool } from '../../src/read/text-pool.ts';

test('gives the text of any bytes, however often and in whatever order they come', () => {
  const pool = new TextPool();
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 200 })), (texts) => {
      for (const text of [...texts, ...texts]) {
        const bytes = new TextEncoder().encode(`<${text}>`);
        expect(pool.get(bytes, 1, bytes.length - 1)).toBe(text);
      }
    }),
  );
});
