import { expect, test } from 'vitest';
import { escapeName } from '../../src/format/escape-name.ts';

test.each([
  ['http_requests', 'http_requests', 'http_requests', 'http_requests'],
  [
    'http.requests_total',
    'http_requests_total',
    'http_dot_requests__total',
    'U__http_2e_requests__total',
  ],
  ['9lives', '_lives', '__lives', 'U___39_lives'],
  ['日.x', '__x', '___dot_x', 'U___65e5__2e_x'],
  ['😀', '_', '__', 'U___1f600_'],
])('%s is %s, %s or %s', (name, underscores, dots, values) => {
  expect(escapeName(name, 'allow-utf-8')).toBe(name);
  expect(escapeName(name, 'underscores')).toBe(underscores);
  expect(escapeName(name, 'dots')).toBe(dots);
  expect(escapeName(name, 'values')).toBe(values);
});
