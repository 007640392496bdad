import { expect, test } from 'vitest';
import { normalizeQueueOptions } from '../../src/queue/queue-limits.ts';

test('defaults are one at a time, 1000 waiting, 30 seconds', () => {
  expect(normalizeQueueOptions({ name: 'mail' })).toEqual({
    name: 'mail',
    concurrency: 1,
    maxLength: 1000,
    maxWaitSeconds: 30,
  });
});

test.each([
  ['name', { name: '' }],
  ['name', {}],
  ['concurrency', { concurrency: 0 }],
  ['concurrency', { concurrency: 1.5 }],
  ['maxLength', { maxLength: -1 }],
  ['maxLength', { maxLength: 'many' }],
  ['maxWaitSeconds', { maxWaitSeconds: 0 }],
  ['maxWaitSeconds', { maxWaitSeconds: Number.NaN }],
])('a bad %s is refused by its name: %j', (option, bad) => {
  const options = option === 'name' ? bad : { name: 'mail', ...bad };
  expect(() => normalizeQueueOptions(options as never)).toThrow(
    `Expected \`${option}\` of a queue`,
  );
});
