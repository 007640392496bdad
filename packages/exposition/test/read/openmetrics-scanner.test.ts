import { describe, expect, test } from 'vitest';
import { parseExposition, readExposition, type Sample } from '../../src/index.ts';

function samplesOf(page: string): Sample[] {
  return [...readExposition(page, { syntax: 'openmetrics' })].flatMap((event) =>
    event.kind === 'sample' ? [event.sample] : [],
  );
}

describe('OpenMetrics', () => {
  test.each([
    ['m 1', { name: 'm', labels: {}, value: 1 }],
    ['m{a="b",} 1 2.0015', { name: 'm', labels: { a: 'b' }, value: 1, timestampMs: 2001 }],
    ['m 1 # {} 2', { name: 'm', labels: {}, value: 1, exemplar: { labels: {}, value: 2 } }],
    [
      'm 1 5 # {id="a\\"b"} 2 3.5',
      {
        name: 'm',
        labels: {},
        value: 1,
        timestampMs: 5000,
        exemplar: { labels: { id: 'a\\"b' }, value: 2, timestampMs: 3500 },
      },
    ],
  ])('reads %j', (line, sample) => {
    expect(samplesOf(`${line}\n# EOF\n`)).toEqual([sample]);
  });

  test.each([
    ['', 1],
    ['m 1\n', 2],
    ['\n# EOF', 1],
    ['# comment\n# EOF', 1],
    ['m  1\n# EOF', 1],
    ['m 1 \n# EOF', 1],
    ['m{a="b" c="d"} 1\n# EOF', 1],
    ['m{a="two\nlines"} 1\n# EOF', 1],
    ['m 1 1e300\n# EOF', 1],
    ['# TYPE m untyped\n# EOF', 1],
    ['# UNIT m_seconds bytes\n# EOF', 1],
    ['# EOF\nm 1', 1],
    ['m 1 # {a="b"} x\n# EOF', 1],
  ])('refuses %j and names line %d', (page, line) => {
    expect(() => samplesOf(page)).toThrow(
      expect.objectContaining({
        code: 'ERR_EXPOSITION_SYNTAX',
        place: expect.objectContaining({ line }) as object,
      }),
    );
  });

  test('families hold their units and the samples of their type', () => {
    const page = [
      '# TYPE wait_seconds histogram',
      '# UNIT wait_seconds seconds',
      'wait_seconds_bucket{le="+Inf"} 1',
      'wait_seconds_created 5',
      '# TYPE a counter',
      'a_total 1',
      'a_created 2',
      '# TYPE b info',
      'b_info{x="y"} 1',
      '# EOF\n',
    ].join('\n');
    const families = parseExposition(page, { syntax: 'openmetrics' });
    expect(families.map(({ name, unit, samples }) => [name, unit, samples.length])).toEqual([
      ['wait_seconds', 'seconds', 2],
      ['a', undefined, 2],
      ['b', undefined, 1],
    ]);
  });
});
