import { expect, test } from 'vitest';
import { createFailureLog, messageOf } from '../src/failure-log.ts';

test('says the first failure of each source, and not all that follow', () => {
  const said: string[] = [];
  const log = createFailureLog((line) => said.push(line));
  for (let count = 0; count < 100; count += 1) log.say('task a', new Error(`no ${count}`));
  log.say('task b', 'not an error');
  expect(said).toEqual(['task a failed: no 0', 'task b failed: not an error']);
});

test('makes one line of whatever was thrown', () => {
  expect(messageOf(new Error('two\n  lines'))).toBe('two lines');
  expect(messageOf(undefined)).toBe('undefined');
  expect(messageOf(Object.create(null))).toBe('something without a text');
});
