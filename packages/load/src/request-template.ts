import { BellowsError, type Place, type Random } from '@bellows/core';
import type { RequestTemplate } from './load.ts';

/** Largest number of a range in a path. */
export const MAX_RANGE_NUMBER = 1_000_000_000;

const RANGE = /\{(\d{1,10})\.\.(\d{1,10})\}/g;
const TEMPLATE = /^(\S+)[ \t]+(\S+)(?:[ \t]+(.*\S))?[ \t]*$/;

/**
 * Parses `METHOD PATH [BODY]`, such as `GET /items/{1..200}` or `POST /orders {"item":1}`; the weight is 1.
 *
 * @param place - Where the text stands, for the error.
 * @throws BellowsError `ERR_LOAD_REQUEST` when a part is missing or not as HTTP has it.
 */
export function parseRequestTemplate(text: string, place: Place = {}): RequestTemplate {
  const [, method, path, body] = TEMPLATE.exec(text.trim()) ?? [];
  if (method === undefined || path === undefined) {
    throw requestError(`Expected \`METHOD PATH [BODY]\`, got ${JSON.stringify(text)}`, place);
  }
  if (!/^[A-Z]{1,32}$/.test(method)) {
    throw requestError(`Expected a method in capitals, got ${JSON.stringify(method)}`, place);
  }
  if (!/^\/[\x21-\x7e]{0,8191}$/.test(path)) {
    throw requestError(
      `Expected a path of printable ASCII from \`/\` on, got ${JSON.stringify(path)}`,
      place,
    );
  }
  for (const [range, first, last] of path.matchAll(RANGE)) {
    if (Number(first) > Number(last) || Number(last) > MAX_RANGE_NUMBER) {
      throw requestError(
        `Expected a range that rises to at most ${MAX_RANGE_NUMBER}, got ${range}`,
        place,
      );
    }
  }
  if (/[{}]/.test(path.replace(RANGE, ''))) {
    throw requestError(
      `Expected \`{FIRST..LAST}\` in the path, got ${JSON.stringify(path)}`,
      place,
    );
  }
  return { weight: 1, method, path, ...(body === undefined ? {} : { body }) };
}

/** The path with a number drawn for each of its ranges. */
export function renderPath(path: string, random: Random): string {
  if (!path.includes('{')) return path;
  return path.replace(RANGE, (_range, first: string, last: string) =>
    String(Number(first) + Math.floor(random() * (Number(last) - Number(first) + 1))),
  );
}

/** Draws one of the templates in proportion to its weight. */
export function pickTemplate(
  templates: readonly RequestTemplate[],
  random: Random,
): RequestTemplate {
  const total = templates.reduce((sum, { weight }) => sum + weight, 0);
  let left = random() * total;
  for (const template of templates) {
    left -= template.weight;
    if (left < 0) return template;
  }
  const last = templates.at(-1);
  if (last === undefined) throw requestError('Expected at least one kind of request, got none', {});
  return last;
}

function requestError(message: string, place: Place): BellowsError {
  return new BellowsError('ERR_LOAD_REQUEST', message, {
    place,
    remedy: 'Write it as `GET /items/{1..200}` or `POST /orders {"item":1}`',
  });
}
