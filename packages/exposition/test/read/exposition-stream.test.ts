import fc from 'fast-check';
import { BellowsError } from '@bellows/core';
import { describe, expect, test } from 'vitest';
import { createExpositionStream, readExposition, type ExpositionEvent } from '../../src/index.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const PAGES = {
  text: '# HELP a é\\n日\n# TYPE a counter\na{x="1\n2\\"",y="😀"} 1 5\n\n \nb 2\n{"c.d"} NaN\nlast 3',
  openmetrics:
    '# HELP a é\n# TYPE a counter\n# UNIT a \na_total{x="1"} 1 5.5 # {id="é"} 2 3\n{"c.d"} NaN\n# EOF\n',
};

function inChunks(
  page: Uint8Array,
  cuts: readonly number[],
  syntax: 'text' | 'openmetrics',
): ExpositionEvent[] {
  const stream = createExpositionStream({ syntax });
  const places = [0, ...cuts.map((cut) => cut % (page.length + 1)).sort((a, b) => a - b)];
  const events = places.flatMap((start, index) =>
    stream.write(page.subarray(start, places[index + 1] ?? page.length)),
  );
  return [...events, ...stream.end()];
}

describe('createExpositionStream', () => {
  test.each(['text', 'openmetrics'] as const)(
    'gives the same events of %s wherever chunks end',
    (syntax) => {
      const page = bytesOf(PAGES[syntax]);
      const whole = [...readExposition(page, { syntax })];
      fc.assert(
        fc.property(fc.array(fc.nat(200), { maxLength: 6 }), (cuts) => {
          expect(inChunks(page, cuts, syntax)).toEqual(whole);
        }),
      );
      const eachByte = Array.from({ length: page.length }, (_, index) => index);
      expect(inChunks(page, eachByte, syntax)).toEqual(whole);
    },
  );

  test('gives a line as soon as it is whole', () => {
    const stream = createExpositionStream();
    expect(stream.write(bytesOf('a 1\nb'))).toHaveLength(1);
    expect(stream.write(bytesOf(' 2'))).toHaveLength(0);
    expect(stream.write(bytesOf('\n'))).toHaveLength(1);
    expect(stream.end()).toHaveLength(0);
  });

  test('names the line of an error, whatever came before', () => {
    const stream = createExpositionStream();
    stream.write(bytesOf('a 1\nb{x="two\nli'));
    stream.write(bytesOf('nes"} 2\n'));
    expect(() => stream.write(bytesOf('?\n'))).toThrow(
      expect.objectContaining({ place: expect.objectContaining({ line: 4 }) as object }),
    );
  });

  test.each([
    ['a line without end', { maxLineBytes: 100 }, 'x'.repeat(50)],
    ['a body without end', { maxBodyBytes: 1000 }, 'm 1\n'.repeat(20)],
    ['samples without end', { maxSamples: 100 }, 'm 1\n'.repeat(20)],
  ])('refuses %s', (_, limits, chunk) => {
    const stream = createExpositionStream(limits);
    expect(() => {
      for (let count = 0; count < 100; count += 1) stream.write(bytesOf(chunk));
    }).toThrow(expect.objectContaining({ code: 'ERR_EXPOSITION_LIMIT' }));
  });

  test('refuses quotes without end', () => {
    const stream = createExpositionStream({ maxLineBytes: 100 });
    stream.write(bytesOf('m{a="'));
    expect(() => {
      for (let count = 0; count < 100; count += 1) stream.write(bytesOf('x\n'));
    }).toThrow(expect.objectContaining({ code: 'ERR_EXPOSITION_LIMIT' }));
  });

  test('refuses OpenMetrics that goes on after its end, or has none', () => {
    const after = createExpositionStream({ syntax: 'openmetrics' });
    after.write(bytesOf('# EOF\n'));
    expect(() => [...after.write(bytesOf('a 1')), ...after.end()]).toThrow(BellowsError);
    const without = createExpositionStream({ syntax: 'openmetrics' });
    without.write(bytesOf('a 1\n'));
    expect(() => without.end()).toThrow(BellowsError);
  });
});
