import { expect, test } from 'vitest';
import { connectFailure } from '../../src/target/connect-failure.ts';

test.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
  ['EPROTO', 'tls'],
  ['HPE_INVALID_CONSTANT', 'http'],
  ['ECONNRESET', 'closed'],
  ['EPIPE', 'closed'],
  ['ECONNREFUSED', 'connect'],
  ['EHOSTUNREACH', 'connect'],
  [undefined, 'connect'],
])('%s is %s', (code, reason) => {
  expect(connectFailure(Object.assign(new Error('why'), code && { code }))).toMatchObject({
    code: 'ERR_SCRAPE_TARGET',
    reason,
    cause: { message: 'why' },
  });
});
