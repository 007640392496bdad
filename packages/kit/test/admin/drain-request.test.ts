import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { answerDrain } from '../../src/admin/drain-request.ts';

/** Status of the answer to a request that is one of this machine, but for what is given. */
function statusOf(
  token: string,
  { method = 'POST', remoteAddress = '127.0.0.1', ...headers }: Record<string, string>,
): number {
  const request = {
    method,
    socket: { remoteAddress },
    headers: { host: 'localhost:9400', ...headers },
  } as unknown as IncomingMessage;
  let drains = 0;
  const { status } = answerDrain(request, token, () => (drains += 1));
  expect(drains).toBe(status === 200 ? 1 : 0);
  return status;
}

const MEANT = { 'bellows-drain': '1' };

describe('a drain request without a token', () => {
  test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('is granted to %s', (remoteAddress) => {
    expect(statusOf('', { ...MEANT, remoteAddress })).toBe(200);
  });

  test.each(['10.0.0.1', '127.0.0.6', '::ffff:127.0.0.6', ''])(
    'is refused to %j',
    (remoteAddress) => {
      expect(statusOf('', { ...MEANT, remoteAddress })).toBe(403);
    },
  );

  test('is refused to what a page in a browser can send', () => {
    expect(statusOf('', {})).toBe(403);
    expect(statusOf('', { ...MEANT, method: 'GET' })).toBe(403);
    expect(statusOf('', { ...MEANT, host: 'rebound.example:9400' })).toBe(403);
  });
});

describe('a drain request with a token', () => {
  test('is granted by GET and POST to whoever has it, wherever from', () => {
    const request = { authorization: 'Bearer s3cret', remoteAddress: '10.0.0.1' };
    expect(statusOf('s3cret', request)).toBe(200);
    expect(statusOf('s3cret', { ...request, method: 'GET', host: '10.0.0.7:9400' })).toBe(200);
    expect(statusOf('s3cret', { ...request, method: 'HEAD' })).toBe(403);
  });

  test('is refused to whoever has another or none, this machine included', () => {
    expect(statusOf('s3cret', { authorization: 'Bearer s3cre' })).toBe(403);
    expect(statusOf('s3cret', { authorization: 's3cret' })).toBe(403);
    expect(statusOf('s3cret', MEANT)).toBe(403);
  });
});
