import { expect, test } from 'vitest';
import { messageOf } from '../src/message-of.ts';

test('makes one line of whatever was thrown', () => {
  expect(messageOf(new Error('two\n  lines'))).toBe('two lines');
  expect(messageOf(undefined)).toBe('undefined');
  expect(messageOf(Object.create(null))).toBe('something without a text');
});
