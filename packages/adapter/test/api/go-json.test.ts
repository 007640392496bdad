import { expect, test } from 'vitest';
import { encodeJson } from '../../src/api/go-json.ts';

test('JSON ends with a newline unless it is indented, and holds nothing that looks like markup', () => {
  expect(encodeJson({ a: '<&>\u2028é' })).toBe('{"a":"\\u003c\\u0026\\u003e\\u2028é"}\n');
  expect(encodeJson({ a: [] }, true)).toBe('{\n  "a": []\n}');
});
