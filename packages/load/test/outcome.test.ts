import { expect, test } from 'vitest';
import { outcomeOfAnswer, outcomeOfError } from '../src/outcome.ts';

test.each([
  [200, {}, 'answered'],
  [304, {}, 'answered'],
  [404, {}, 'answered'],
  [429, {}, 'shed'],
  [503, { 'retry-after': '1' }, 'shed'],
  [503, {}, 'serverError'],
  [500, { 'retry-after': '1' }, 'serverError'],
  [502, {}, 'serverError'],
])('a complete answer with status %d and %j is %s', (statusCode, headers, expected) => {
  const outcome = outcomeOfAnswer({ statusCode, headers });
  expect(outcome.kind === 'lost' ? outcome.loss : outcome.kind).toBe(expected);
});

test.each([
  ['ECONNREFUSED', 'connect', false, 'refused'],
  ['EADDRNOTAVAIL', 'connect', false, 'refused'],
  ['ENOTFOUND', 'getaddrinfo', false, 'refused'],
  ['EMFILE', 'connect', false, 'refused'],
  ['ECONNRESET', 'connect', false, 'reset'],
  ['ECONNRESET', 'read', false, 'reset'],
  ['EPIPE', 'write', false, 'reset'],
  ['ECONNRESET', undefined, false, 'reset'],
  ['ECONNRESET', 'read', true, 'reset'],
  ['ECONNRESET', undefined, true, 'truncated'],
  ['HPE_INVALID_CONSTANT', undefined, false, 'serverError'],
  ['HPE_INVALID_CHUNK_SIZE', undefined, true, 'serverError'],
])('the error %s of %s, headers come: %s, is %s', (code, syscall, hasHeaders, expected) => {
  const error = Object.assign(new Error(code), {
    code,
    ...(syscall === undefined ? {} : { syscall }),
  });
  expect(outcomeOfError(error, hasHeaders)).toMatchObject({ kind: 'lost', loss: expected });
});
