import { BellowsError, createRandom } from '@bellows/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRequestTemplate, pickTemplate, renderPath } from '../src/request-template.ts';

test('method, path and body are read', () => {
  expect(parseRequestTemplate(' GET /a?b=c ')).toEqual({
    weight: 1,
    method: 'GET',
    path: '/a?b=c',
  });
  expect(parseRequestTemplate('POST /a two words')).toMatchObject({ body: 'two words' });
});

test.each([
  '',
  'GET',
  'get /',
  'GET a',
  'GET /ä',
  'GET /{',
  'GET /{a..b}',
  'GET /{3..1}',
  'GET /{1..2000000000}',
])('%j is refused', (text) => {
  expect(() => parseRequestTemplate(text)).toThrow(
    expect.objectContaining({ code: 'ERR_LOAD_REQUEST' }) as Error,
  );
});

test('nothing but its own error comes out, and the rendered path has no brace', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (head, tail) => {
      try {
        const { path } = parseRequestTemplate(`GET /${head}{1..9}${tail}`);
        expect(renderPath(path, createRandom(1))).not.toMatch(/[{}\s]/);
      } catch (error) {
        expect(error).toBeInstanceOf(BellowsError);
      }
    }),
  );
});

test('every number of a range is drawn, both ends included', () => {
  const random = createRandom(1);
  const paths = new Set(Array.from({ length: 200 }, () => renderPath('/x/{3..5}/{7..7}', random)));
  expect([...paths].sort()).toEqual(['/x/3/7', '/x/4/7', '/x/5/7']);
});

test('templates are drawn in proportion to their weights', () => {
  const random = createRandom(2);
  const templates = [
    { weight: 9, method: 'GET', path: '/' },
    { weight: 1, method: 'POST', path: '/' },
  ];
  const drawn = Array.from({ length: 10_000 }, () => pickTemplate(templates, random).method);
  // Standard deviation: sqrt(10000 · 0.1 · 0.9) = 30.
  expect(Math.abs(drawn.filter((method) => method === 'POST').length - 1000)).toBeLessThan(150);
});

test('drawing from nothing is refused', () => {
  expect(() => pickTemplate([], createRandom(1))).toThrow(BellowsError);
});
