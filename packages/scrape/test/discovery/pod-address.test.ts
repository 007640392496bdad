import { describe, expect, test } from 'vitest';
import { isPodAddress } from '../../src/discovery/pod-address.ts';

describe('isPodAddress', () => {
  test.each(['10.0.0.1', '100.64.0.1', '192.168.1.1', 'fd00::1', '2001:db8::1'])(
    'takes %s',
    (ip) => {
      expect(isPodAddress(ip, false)).toBe(true);
    },
  );

  test.each([
    ...[
      '169.254.169.254',
      '0.0.0.0',
      '224.0.0.1',
      '255.255.255.255',
      '::',
      'fe80::1',
      'fd00:ec2::254',
    ],
    ...['::ffff:169.254.169.254', 'ff02::1', 'localhost', '', '10.0.0.1:80', '2130706433'],
  ])('refuses %s always', (ip) => {
    expect(isPodAddress(ip, true)).toBe(false);
  });

  test.each(['127.0.0.1', '127.9.8.7', '::1', '::ffff:127.0.0.1'])(
    'takes %s where asked to',
    (ip) => {
      expect(isPodAddress(ip, false)).toBe(false);
      expect(isPodAddress(ip, true)).toBe(true);
    },
  );
});
