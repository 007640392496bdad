import { expect, test } from 'vitest';
import { localPorts } from '../../src/service/local-ports.ts';

test.each([
  [80, [8080, 0]],
  [443, [8443, 0]],
  [1023, [9023, 0]],
  [1024, [1024, 9024, 0]],
  [8080, [8080, 16_080, 0]],
  [60_000, [60_000, 0]],
])('Service port %i is tried on %j', (port, expected) => {
  expect(localPorts(port)).toEqual(expected);
});
