import { describe, expect, test } from 'vitest';
import {
  DEADLINE_HEADER,
  deadlineHeaderValue,
  requestTimeoutSeconds,
} from '../../src/http/request-deadline.ts';
import { fetchText } from '../fixtures/fetch-text.ts';
import { serve } from '../fixtures/serve.ts';

test.each([
  [undefined, Infinity, Infinity],
  [undefined, 30, 30],
  ['250', Infinity, 0.25],
  ['250', 0.1, 0.1],
  ['0', 30, 30],
  ['-5', 30, 30],
  ['1e3', 30, 30],
  ['250, 300', 30, 30],
  ['9'.repeat(400), 30, 30],
])('a caller that says %s has, at most %d s, %d s', (said, maxSeconds, seconds) => {
  const headers = said === undefined ? {} : { [DEADLINE_HEADER]: said };
  expect(requestTimeoutSeconds(headers, maxSeconds)).toBe(seconds);
});

test('what is handed down is a whole number of milliseconds, at least one', () => {
  expect([0.2509, 0, 12, Infinity].map(deadlineHeaderValue)).toEqual([
    '250',
    '1',
    '12000',
    undefined,
  ]);
});

describe("a request's deadline", () => {
  test('aborts its signal with the reason, and counts down', async () => {
    await using served = await serve((kit) => (request, response) => {
      const before = kit.timeLeftSeconds(request);
      kit.abortSignal(request).addEventListener('abort', () => {
        const { code } = kit.abortSignal(request).reason as { code: string };
        response.end(JSON.stringify([code, before > kit.timeLeftSeconds(request), before <= 0.05]));
      });
    });
    const headers = { [DEADLINE_HEADER]: '50' };
    const { body } = await fetchText(served.port, '/', { headers });
    expect(JSON.parse(body)).toEqual(['ERR_KIT_DEADLINE', true, true]);
  });

  test("is the service's own where the caller says none", async () => {
    await using served = await serve(
      (kit) => (request, response) => {
        kit.abortSignal(request).addEventListener('abort', () => response.end('over'));
      },
      { requestTimeoutSeconds: 0.05 },
    );
    expect((await fetchText(served.port, '/')).body).toBe('over');
  });

  test('leaves no timer when the request ends before', async () => {
    await using served = await serve(
      (kit) => (request, response) => {
        response.end(String(kit.abortSignal(request).aborted));
      },
      { requestTimeoutSeconds: 3600 },
    );
    expect((await fetchText(served.port, '/')).body).toBe('false');
  });
});
