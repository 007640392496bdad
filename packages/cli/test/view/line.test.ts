import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fitLine,
  flow,
  lineWidth,
  paintLine,
  span,
  spread,
  wrapLine,
} from '../../src/view/line.ts';

const text = (line: ReturnType<typeof fitLine>): string => paintLine(line, false);

describe('fitLine', () => {
  test.each([
    ['fits', 10, 'fits'],
    ['exactly', 7, 'exactly'],
    ['too long', 5, 'too …'],
    ['全角文字', 5, '全角…'],
    ['全角文字', 4, '全…'],
    ['x', 0, ''],
  ])('makes %j fit %d columns', (long, columns, fitted) => {
    expect(text(fitLine([span(long)], columns))).toBe(fitted);
  });

  test('never exceeds the columns', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.nat(50), (texts, columns) => {
        const line = fitLine(
          texts.map((part) => span(part)),
          columns,
        );
        expect(lineWidth(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe('spread', () => {
  test('puts the parts at the two ends', () => {
    expect(text(spread([span('left')], [span('right')], 15))).toBe('left      right');
  });

  test('leaves the right part out where both do not fit', () => {
    expect(text(spread([span('left')], [span('right')], 10))).toBe('left');
  });
});

describe('flow', () => {
  test('packs parts into lines', () => {
    const parts = ['one', 'two', 'three', 'four'].map((part) => [span(part)]);
    expect(flow(parts, 10, 2).map(text)).toEqual(['one  two', '  three', '  four']);
  });
});

describe('wrapLine', () => {
  test('breaks at spaces, and a long word anywhere', () => {
    expect(wrapLine([span('one two three')], 9, 2).map(text)).toEqual(['one two', ' three']);
    expect(wrapLine([span('abcdefghijklmnop')], 9, 2).map(text)).toEqual(['abcdefgh', ' ijklmnop']);
  });
});

describe('paintLine', () => {
  test('adds escape sequences only where colour is wanted', () => {
    const line = [span('plain '), span('lost', 'bad')];
    expect(paintLine(line, false)).toBe('plain lost');
    expect(paintLine(line, true)).toBe('plain \u001b[1m\u001b[31mlost\u001b[39m\u001b[22m');
  });
});
