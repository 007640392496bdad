import { afterEach, expect, test } from 'vitest';
import { environmentNumber } from '../src/environment-number.ts';

afterEach(() => {
  delete process.env['SHOP_TEST_NUMBER'];
});

test.each([
  ['', 8080],
  ['0', 0],
  ['3000', 3000],
  ['1.5', 1.5],
])('reads %j as %d', (text, value) => {
  process.env['SHOP_TEST_NUMBER'] = text;
  expect(environmentNumber('SHOP_TEST_NUMBER', 8080, [0, 65_535])).toBe(value);
});

test('takes the fallback when it is not set', () => {
  expect(environmentNumber('SHOP_TEST_NUMBER', 8080, [0, 65_535])).toBe(8080);
});

test.each(['http', '-1', '65536', 'NaN'])('refuses %j', (text) => {
  process.env['SHOP_TEST_NUMBER'] = text;
  expect(() => environmentNumber('SHOP_TEST_NUMBER', 8080, [0, 65_535])).toThrow(
    `Expected SHOP_TEST_NUMBER to be a number from 0 to 65535, got "${text}"`,
  );
});
