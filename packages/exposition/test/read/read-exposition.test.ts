import fc from 'fast-check';
import { BellowsError } from '@bellows/core';
import { describe, expect, test } from 'vitest';
import { readExposition, type ExpositionLimits, type Sample } from '../../src/index.ts';

function samplesOf(page: string | Uint8Array, limits?: ExpositionLimits): Sample[] {
  return [...readExposition(page, limits)].flatMap((event) =>
    event.kind === 'sample' ? [event.sample] : [],
  );
}

describe('readExposition', () => {
  test.each([
    ['m 1', { name: 'm', labels: {}, value: 1 }],
    ['m{} +Inf', { name: 'm', labels: {}, value: Number.POSITIVE_INFINITY }],
    ['m -inf', { name: 'm', labels: {}, value: Number.NEGATIVE_INFINITY }],
    ['m NaN', { name: 'm', labels: {}, value: Number.NaN }],
    ['m{a="b",} .5 5', { name: 'm', labels: { a: 'b' }, value: 0.5, timestampMs: 5 }],
    ['m { a = "b" c="d" } 1e3', { name: 'm', labels: { a: 'b', c: 'd' }, value: 1000 }],
    ['{"a.b","c d"="e"} 1', { name: 'a.b', labels: { 'c d': 'e' }, value: 1 }],
    ['m{a="\\\\ \\n \\" \\t"} 1', { name: 'm', labels: { a: '\\ \n " \\t' }, value: 1 }],
    ['m{a="two\nlines"} 1', { name: 'm', labels: { a: 'two\nlines' }, value: 1 }],
  ])('reads %j', (line, sample) => {
    expect(samplesOf(line)).toEqual([sample]);
  });

  test('writes le and quantile as OpenMetrics does, so that 1 and 1.0 are one series', () => {
    const page = '# TYPE h histogram\nh_bucket{le="1"} 1\n# TYPE s summary\ns{quantile="1e-1"} 1\n';
    expect(samplesOf(page).map(({ labels }) => Object.values(labels)[0])).toEqual(['1.0', '0.1']);
  });

  test.each([
    ['m', 1],
    ['m x', 1],
    ['m 1 -5', 1],
    ['m 1 2 3', 1],
    ['ok 1\nm{a=b} 1', 2],
    ['ok 1\n\n\nm{a="b" 1', 4],
    ['m{a="1",a="2"} 1', 1],
    ['m{__name__="x"} 1', 1],
    ['# TYPE m unknown', 1],
    ['m 1\r\n', 1],
    ['m{a="two\nlines"} 1\nm ?', 3],
    ['m 1e400', 1],
    ['m 0x10', 1],
  ])('refuses %j and names line %d', (page, line) => {
    expect(() => samplesOf(page)).toThrow(
      expect.objectContaining({
        code: 'ERR_EXPOSITION_SYNTAX',
        place: expect.objectContaining({ line }) as object,
      }),
    );
  });

  test('refuses label values that are no UTF-8', () => {
    const page = Uint8Array.from([...Buffer.from('m{a="'), 0xff, ...Buffer.from('"} 1\n')]);
    expect(() => samplesOf(page)).toThrow(
      expect.objectContaining({ code: 'ERR_EXPOSITION_SYNTAX' }),
    );
  });

  test.each([
    ['m 1\nlong_name 1', { maxLineBytes: 8 }],
    ['m{a="1",b="2"} 1', { maxLabels: 1 }],
    ['m 1\nm 1\nm 1', { maxSamples: 2 }],
    ['m{a="\n\n\n\n\n\n\n\n\n"} 1', { maxLineBytes: 8 }],
  ])('refuses %j beyond %j', (page, limits) => {
    expect(() => samplesOf(page, limits)).toThrow(
      expect.objectContaining({ code: 'ERR_EXPOSITION_LIMIT' }),
    );
  });

  test('takes a label named as a property of objects for a label', () => {
    const [sample] = samplesOf('m{__proto__="x",constructor="y"} 1');
    expect(Object.entries(sample?.labels ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });

  test('reads a label value of a mebibyte', () => {
    const value = '\\\\'.repeat(524_288);
    const [sample] = samplesOf(`m{a="${value}"} 1`, { maxLineBytes: 2 ** 22 });
    expect(sample?.labels['a']).toHaveLength(524_288);
  });

  test('any text or bytes are a page or an error with its line', () => {
    const near = fc.string({
      unit: fc.constantFrom(
        ...Array.from('mM_:{}="\\,# \n\t019.+-eNaInf\0é'),
        '# TYPE ',
        '# HELP ',
      ),
      maxLength: 60,
    });
    const anyPage = fc.oneof(fc.string({ unit: 'binary' }), near, fc.uint8Array({ maxLength: 80 }));
    fc.assert(
      fc.property(anyPage, (page) => {
        try {
          samplesOf(page);
        } catch (error) {
          if (!BellowsError.is(error)) throw error;
          expect(error.place?.line).toBeGreaterThan(0);
        }
      }),
      { numRuns: 5000 },
    );
  });
});
