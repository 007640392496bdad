import { expect, test } from 'vitest';
import fc from 'fast-check';
import { createLineSplitter, MAX_LINE_LENGTH } from '../../src/output/line-splitter.ts';

function linesOf(chunks: readonly Buffer[]): string[] {
  const lines: string[] = [];
  const splitter = createLineSplitter((line) => lines.push(line));
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return lines;
}

test('cuts at newlines, whatever the chunks', () => {
  expect(linesOf(['a\r\nb', '', 'c\n\nd'].map((text) => Buffer.from(text)))).toEqual([
    'a',
    'bc',
    '',
    'd',
  ]);
  const euro = Buffer.from('1 €\n');
  expect(linesOf([euro.subarray(0, 3), euro.subarray(3)])).toEqual(['1 €']);
});

test('joined again the lines are the text', () => {
  const texts = fc.array(fc.string({ unit: 'binary', maxLength: 50 }));
  fc.assert(
    fc.property(texts, (parts) => {
      const text = parts.join('').replaceAll('\r', '');
      const chunks = [Buffer.from(text)];
      expect(linesOf(chunks).join('\n')).toBe(
        Buffer.from(text).toString('utf8').replace(/\n$/, ''),
      );
    }),
  );
});

test('cuts a line without end', () => {
  const lines = linesOf([Buffer.alloc(3 * MAX_LINE_LENGTH + 1, 'x')]);
  expect(lines.map(({ length }) => length)).toEqual([
    MAX_LINE_LENGTH,
    MAX_LINE_LENGTH,
    MAX_LINE_LENGTH,
    1,
  ]);
});

test('takes bytes that are no text', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), (chunks) => {
      linesOf(chunks.map((chunk) => Buffer.from(chunk)));
    }),
  );
});
