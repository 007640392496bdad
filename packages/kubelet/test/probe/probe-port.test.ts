import { expect, test } from 'vitest';
import { resolvePort } from '../../src/probe/probe-port.ts';
import { nodeContainer } from '../support/pods.ts';

test.each([
  [8080, 8080],
  ['http', 3000],
  ['8080', 8080],
  ['admin', { reason: 'port admin not found' }],
  [0, { reason: 'invalid port number: 0' }],
  [70_000, { reason: 'invalid port number: 70000' }],
])('resolves %j to %j', (port, expected) => {
  expect(resolvePort(port, nodeContainer(['']), {})).toEqual(expected);
});

test('gives the real port where the machine maps it', () => {
  expect(resolvePort('http', nodeContainer(['']), { 3000: 51_234 })).toBe(51_234);
});
