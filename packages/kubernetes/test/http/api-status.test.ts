import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apiError } from '../../src/http/api-error.ts';
import { apiStatusOf, readApiStatus } from '../../src/http/api-status.ts';

test('reads what the API server says, and keeps it in the error', () => {
  const body = JSON.stringify({
    ...{ kind: 'Status', code: 429, reason: 'TooManyRequests', message: 'slow down' },
    details: { retryAfterSeconds: 7 },
  });
  const error = apiError('GET /x', readApiStatus(429, body));
  expect(error).toMatchObject({
    code: 'ERR_KUBERNETES_API',
    message: expect.any(String) as string,
  });
  expect(error.message).toBe('GET /x was answered 429: slow down');
  expect(apiStatusOf(error)).toMatchObject({ reason: 'TooManyRequests', retryAfterSeconds: 7 });
  expect(apiStatusOf(new Error('other'))).toBeUndefined();
});

test('a proxy’s page becomes the message', () => {
  expect(readApiStatus(503, ' <html>busy</html>\n')).toEqual({
    ...{ kind: 'Status', code: 503, reason: '', message: '<html>busy</html>' },
  });
});

test('any body gives a status', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
      const status = readApiStatus(500, body);
      expect(typeof status.code).toBe('number');
      expect(typeof status.message).toBe('string');
    }),
  );
});
