import { expect, test } from 'vitest';
import { readContentType } from '../../src/format/read-content-type.ts';

test.each([
  ['text/plain; version=0.0.4; charset=utf-8', 'text'],
  ['text/plain; version=1.0.0; escaping=allow-utf-8', 'text'],
  ['TEXT/PLAIN;', 'text'],
  ['application/openmetrics-text; version=1.0.0; charset="utf-8"', 'openmetrics'],
  ['application/openmetrics-text; version=2.0.0', undefined],
  ['text/html; charset=utf-8', undefined],
  ['application/json', undefined],
  ['text/plain; charset', undefined],
  ['', undefined],
  [undefined, undefined],
  [`text/plain; a="${'"'.repeat(2000)}`, undefined],
])('%s is read as %s', (contentType, syntax) => {
  expect(readContentType(contentType)).toBe(syntax);
});
