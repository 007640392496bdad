import { expect, test } from 'vitest';
import { joinLines, named } from '../../src/explain/text-lines.ts';

test('sets names in a column, and apart from the text however long they are', () => {
  expect(named('next', 'soon')).toBe('  next           soon');
  expect(named('a name that is long', 'soon')).toBe('  a name that is long soon');
});

test('lets nothing steer the terminal', () => {
  expect(joinLines(['one\u001b[2J', named('pod', 'shop\nx')])).toBe('one\n  pod            shop x');
});
