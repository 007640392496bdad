import { expect, test } from 'vitest';
import { statusObject } from '../../src/api/status.ts';

test('a status leaves out what is not said', () => {
  expect(statusObject({ code: 500, message: '' })).toEqual({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    code: 500,
  });
  const details = { name: '', kind: 'pods', causes: [{ message: 'x' }], retryAfterSeconds: 0 };
  expect(
    statusObject({ code: 429, reason: 'TooManyRequests', message: 'm', details }),
  ).toMatchObject({
    details: { kind: 'pods', causes: [{ message: 'x' }] },
  });
});
