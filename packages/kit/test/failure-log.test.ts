import { expect, test } from 'vitest';
import { createFailureLog } from '../src/failure-log.ts';

test('says the first failure of each source, and not all that follow', () => {
  const said: string[] = [];
  const log = createFailureLog((line) => said.push(line));
  for (let count = 0; count < 100; count += 1) log.say('task a', new Error(`no ${count}`));
  log.say('task b', 'not an error');
  expect(said).toEqual(['task a failed: no 0', 'task b failed: not an error']);
});
