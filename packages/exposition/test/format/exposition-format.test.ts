import { expect, test } from 'vitest';
import { contentTypeOf, syntaxOf, TEXT_FORMAT } from '../../src/format/exposition-format.ts';

test('a Content-Type names version, charset and escaping', () => {
  expect(contentTypeOf({ version: 'openmetrics/1.0.0', escaping: 'values' })).toBe(
    'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=values',
  );
  expect(contentTypeOf(TEXT_FORMAT)).toBe(
    'text/plain; version=0.0.4; charset=utf-8; escaping=allow-utf-8',
  );
});

test('both versions of a syntax are read alike', () => {
  expect(syntaxOf('text/1.0.0')).toBe('text');
  expect(syntaxOf('openmetrics/0.0.1')).toBe('openmetrics');
});
