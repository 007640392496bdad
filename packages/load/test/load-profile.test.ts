import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BellowsError } from '@bellows/core';
import { temporaryDirectory } from '@bellows/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_PROFILE_BYTES, parseLoadOption, parseLoadProfile } from '../src/load-profile.ts';

const HEADER = 'seconds,requests_per_second\n';
const GET_ROOT = [{ weight: 1, method: 'GET', path: '/' }];

/** What parsing throws: code, place and message. */
function failureOf(text: string): { code: string; place: unknown; message: string } {
  try {
    parseLoadProfile(text, 'day.csv');
  } catch (error) {
    if (error instanceof BellowsError)
      return { code: error.code, place: error.place, message: error.message };
    throw error;
  }
  throw new Error('it parsed');
}

describe('parseLoadProfile', () => {
  test('reads points and the mix of requests', () => {
    const text = `# launch day\r\n# request 9 GET /items/{1..200}\r\n# request 1 POST /orders {"item": 1}\r\n\r\n${HEADER}0,5\r\n 60 , 25.5\r\n`;
    expect(parseLoadProfile(text, 'day.csv')).toEqual({
      points: [
        { atSeconds: 0, requestsPerSecond: 5 },
        { atSeconds: 60, requestsPerSecond: 25.5 },
      ],
      requests: [
        { weight: 9, method: 'GET', path: '/items/{1..200}' },
        { weight: 1, method: 'POST', path: '/orders', body: '{"item": 1}' },
      ],
    });
  });

  test('asks for GET / when no request is given', () => {
    expect(parseLoadProfile(`${HEADER}0,5`, 'x').requests).toEqual(GET_ROOT);
  });

  test.each([
    ['', 1, 1, 'got the end of the file'],
    [HEADER, 2, 1, 'at least one line'],
    ['0,5\n', 1, 1, 'Expected the header'],
    [`${HEADER}0;5`, 2, 1, 'two numbers'],
    [`${HEADER}0,5,6`, 2, 1, 'two numbers'],
    [`${HEADER}0,5\n10,-3`, 3, 4, 'got "-3"'],
    [`${HEADER}0,NaN`, 2, 3, 'got "NaN"'],
    [`${HEADER}0,1e9`, 2, 3, 'got "1e9"'],
    [`${HEADER}0,100001`, 2, 3, 'from 0 to 100000'],
    [`${HEADER}x,5`, 2, 1, 'got "x"'],
    [`${HEADER}604801,5`, 2, 1, 'from 0 to 604800'],
    [`${HEADER}5,5\n5,6`, 3, 1, 'a time after 5 s'],
    ['# request 0 GET /\n', 1, 11, 'a weight above 0'],
    ['# request many GET /\n', 1, 11, 'got "many"'],
    ['# request 1 get /\n', 1, 13, 'a method in capitals'],
    ['# request 1 GET\n', 1, 13, 'METHOD PATH'],
    ['# request 12 GET /{1-3}\n', 1, 14, '{FIRST..LAST}'],
  ])('%j fails at %d:%d: %s', (text, line, column, message) => {
    const failure = failureOf(text);
    expect(failure).toMatchObject({
      code: 'ERR_LOAD_PROFILE',
      place: { file: 'day.csv', line, column },
    });
    expect(failure.message).toContain(message);
  });

  test('refuses a text beyond the size limit', () => {
    expect(failureOf(`${HEADER}${'#'.repeat(MAX_PROFILE_BYTES)}`).message).toContain('bytes');
  });

  test('throws nothing but its own error, whatever the text', () => {
    const anyLine = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'seconds,requests_per_second',
        '0,5',
        '# request 1 GET /{1..5}',
        '# request',
        ',',
      ),
      fc.tuple(fc.float(), fc.float()).map(([a, b]) => `${a},${b}`),
    );
    fc.assert(
      fc.property(
        fc.array(anyLine).map((lines) => lines.join('\n')),
        (text) => {
          try {
            const { points, requests } = parseLoadProfile(text, 'x');
            expect(points.length).toBeGreaterThan(0);
            expect(requests.length).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toBeInstanceOf(BellowsError);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('reads back any points that were written', () => {
    const decimals = fc.integer({ min: 0, max: 100_000_000 }).map((n) => n / 1000);
    const rows = fc.uniqueArray(fc.tuple(fc.nat(604_800), decimals), {
      selector: ([seconds]) => seconds,
      minLength: 1,
    });
    fc.assert(
      fc.property(rows, (unsorted) => {
        const sorted = unsorted.toSorted(([a], [b]) => a - b);
        const text = HEADER + sorted.map((row) => row.join(',')).join('\n');
        expect(parseLoadProfile(text, 'x').points).toEqual(
          sorted.map(([atSeconds, requestsPerSecond]) => ({ atSeconds, requestsPerSecond })),
        );
      }),
    );
  });
});

describe('parseLoadOption', () => {
  test('takes a number as a constant rate of GET /', async () => {
    expect(await parseLoadOption('50')).toEqual({
      points: [{ atSeconds: 0, requestsPerSecond: 50 }],
      requests: GET_ROOT,
    });
  });

  test('takes anything else as the path of a profile', async () => {
    await using directory = await temporaryDirectory();
    const file = join(directory.path, 'day.csv');
    await writeFile(file, `${HEADER}0,5\n`);
    expect((await parseLoadOption(file)).points).toEqual([{ atSeconds: 0, requestsPerSecond: 5 }]);
    await writeFile(file, `${HEADER}0,x\n`);
    await expect(parseLoadOption(file)).rejects.toMatchObject({
      place: { file, line: 2, column: 3 },
    });
    await writeFile(file, '#'.repeat(MAX_PROFILE_BYTES + 1));
    await expect(parseLoadOption(file)).rejects.toThrow('bytes');
    await expect(parseLoadOption(directory.path)).rejects.toThrow('EISDIR');
  });

  test.each(['-5', '1.2.3', '100001', 'no-such-file.csv', ''])('rejects %j', async (option) => {
    await expect(parseLoadOption(option)).rejects.toMatchObject({ code: 'ERR_LOAD_PROFILE' });
  });
});
