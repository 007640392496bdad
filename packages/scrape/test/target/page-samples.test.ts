import { expect, test } from 'vitest';
import { samplesOfPage } from '../../src/target/page-samples.ts';

const page = (text: string): Buffer => Buffer.from(text);

test('only the series asked for are read', () => {
  const text = '# TYPE a gauge\na{x="1"} 1\nb 2\na{x="2"} 3\n';
  expect(samplesOfPage(page(text), new Set(['a']))).toEqual([
    { name: 'a', labels: { x: '1' }, value: 1 },
    { name: 'a', labels: { x: '2' }, value: 3 },
  ]);
});

test('one bad line makes the page worthless', () => {
  expect(() => samplesOfPage(page('a 1\nb{ 2\n'), new Set(['a']))).toThrow(
    expect.objectContaining({ code: 'ERR_EXPOSITION_SYNTAX' }),
  );
});
