import { readFile, stat } from 'node:fs/promises';
import { BellowsError } from '@bellows/core';
import type { LoadProfile, ProfilePoint, RequestTemplate } from './load.ts';
import { parseRequestTemplate } from './request-template.ts';

/** Largest profile file, in bytes. */
export const MAX_PROFILE_BYTES = 1_048_576;
/** Highest rate of a profile, in requests a second. */
export const MAX_REQUESTS_PER_SECOND = 100_000;
/** Longest profile, in seconds: a week. */
export const MAX_PROFILE_SECONDS = 604_800;
/** Most kinds of request in a profile. */
export const MAX_REQUEST_TEMPLATES = 100;

const HEADER = 'seconds,requests_per_second';
const DIRECTIVE = /^#[ \t]*request[ \t]+/;
const DEFAULT_REQUESTS: readonly RequestTemplate[] = [{ weight: 1, method: 'GET', path: '/' }];

/**
 * Parses a load profile: CSV with the header `seconds,requests_per_second`, times rising. Lines that start
 * with `#` are comments, but `# request WEIGHT METHOD PATH [BODY]` adds a kind of request; without one it
 * is `GET /`.
 *
 * @param file - Name for errors.
 * @throws BellowsError `ERR_LOAD_PROFILE` with file, line and column of the first problem.
 */
export function parseLoadProfile(text: string, file: string): LoadProfile {
  const fail = failureIn(file);
  if (text.length > MAX_PROFILE_BYTES) {
    throw fail(`Expected at most ${MAX_PROFILE_BYTES} bytes, got ${text.length}`, 1, 1);
  }
  const points: ProfilePoint[] = [];
  const requests: RequestTemplate[] = [];
  let hasHeader = false;
  let lineNumber = 0;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    lineNumber += 1;
    if (DIRECTIVE.test(line)) {
      requests.push(parseDirective(line, lineNumber, fail));
      if (requests.length > MAX_REQUEST_TEMPLATES) {
        throw fail(`Expected at most ${MAX_REQUEST_TEMPLATES} kinds of request`, lineNumber, 1);
      }
    } else if (line.trim() === '' || line.startsWith('#')) {
      continue;
    } else if (hasHeader) {
      points.push(parseRow(line, lineNumber, points.at(-1), fail));
    } else {
      if (line.replaceAll(/\s/g, '') !== HEADER) {
        throw fail(`Expected the header \`${HEADER}\`, got ${quote(line)}`, lineNumber, 1);
      }
      hasHeader = true;
    }
  }
  if (points.length === 0) {
    throw fail(
      hasHeader
        ? 'Expected at least one line after the header, got none'
        : `Expected the header \`${HEADER}\`, got the end of the file`,
      lineNumber,
      1,
    );
  }
  return { points, requests: requests.length > 0 ? requests : DEFAULT_REQUESTS };
}

/**
 * Reads what `--load` got: a number is a constant rate of `GET /`, in requests a second; anything else is
 * the path of a profile.
 *
 * @throws BellowsError `ERR_LOAD_PROFILE` when it is neither, or as {@link parseLoadProfile}.
 */
export async function parseLoadOption(option: string): Promise<LoadProfile> {
  if (/^[\d.+-]+$/.test(option)) {
    const requestsPerSecond = Number(option);
    if (!(requestsPerSecond >= 0 && requestsPerSecond <= MAX_REQUESTS_PER_SECOND)) {
      throw new BellowsError(
        'ERR_LOAD_PROFILE',
        `Expected a rate from 0 to ${MAX_REQUESTS_PER_SECOND} requests a second, got ${quote(option)}`,
        { remedy: 'Give a number such as 50, or the path of a profile' },
      );
    }
    return { points: [{ atSeconds: 0, requestsPerSecond }], requests: DEFAULT_REQUESTS };
  }
  return parseLoadProfile(await readProfile(option), option);
}

async function readProfile(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size <= MAX_PROFILE_BYTES) return await readFile(file, 'utf8');
    throw failureIn(file)(`Expected at most ${MAX_PROFILE_BYTES} bytes, got ${size}`, 1, 1);
  } catch (cause) {
    if (BellowsError.is(cause)) throw cause;
    throw new BellowsError(
      'ERR_LOAD_PROFILE',
      `Expected a number or a readable profile, got ${quote(file)}: ${String((cause as NodeJS.ErrnoException).code)}`,
      { place: { file }, remedy: 'Give a number such as 50, or the path of a profile', cause },
    );
  }
}

type Fail = (message: string, line: number, column: number) => BellowsError;

function failureIn(file: string): Fail {
  return (message, line, column) =>
    new BellowsError('ERR_LOAD_PROFILE', message, {
      place: { file, line, column },
      remedy: `Write \`${HEADER}\` first, then one line per point, such as \`60,25.5\``,
    });
}

function parseDirective(line: string, lineNumber: number, fail: Fail): RequestTemplate {
  const start = DIRECTIVE.exec(line)?.[0].length ?? 0;
  const [, weightText = '', space = '', template = ''] =
    /^(\S*)([ \t]*)(.*)$/.exec(line.slice(start)) ?? [];
  const weight = parseNumber(weightText);
  if (weight === undefined || weight === 0 || weight > 1e6) {
    throw fail(
      `Expected a weight above 0 and at most 1000000, got ${quote(weightText)}`,
      lineNumber,
      start + 1,
    );
  }
  try {
    return { ...parseRequestTemplate(template), weight };
  } catch (cause) {
    if (!BellowsError.is(cause)) throw cause;
    throw fail(cause.message, lineNumber, start + weightText.length + space.length + 1);
  }
}

function parseRow(
  line: string,
  lineNumber: number,
  before: ProfilePoint | undefined,
  fail: Fail,
): ProfilePoint {
  const fields = line.split(',');
  const [secondsText = '', rateText = ''] = fields;
  if (fields.length !== 2) {
    throw fail(`Expected two numbers with a comma between, got ${quote(line)}`, lineNumber, 1);
  }
  const rateColumn = secondsText.length + 2;
  const atSeconds = parseNumber(secondsText);
  const requestsPerSecond = parseNumber(rateText);
  if (atSeconds === undefined || atSeconds > MAX_PROFILE_SECONDS) {
    const range = `seconds from 0 to ${MAX_PROFILE_SECONDS}`;
    throw fail(`Expected ${range}, got ${quote(secondsText)}`, lineNumber, 1);
  }
  if (requestsPerSecond === undefined || requestsPerSecond > MAX_REQUESTS_PER_SECOND) {
    const range = `a rate from 0 to ${MAX_REQUESTS_PER_SECOND} requests a second`;
    throw fail(`Expected ${range}, got ${quote(rateText)}`, lineNumber, rateColumn);
  }
  if (before !== undefined && atSeconds <= before.atSeconds) {
    throw fail(`Expected a time after ${before.atSeconds} s, got ${atSeconds}`, lineNumber, 1);
  }
  return { atSeconds, requestsPerSecond };
}

function parseNumber(text: string): number | undefined {
  return /^\d{1,12}(?:\.\d{1,12})?$/.test(text.trim()) ? Number(text) : undefined;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
