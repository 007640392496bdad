import { expect, test } from 'vitest';
import { serviceUrl } from '../../src/text/service-url.ts';

test('a Service’s port is reached at its address and port on this machine', () => {
  const stats = { connectionsTotal: 0, openConnections: 0, refusedTotal: 0, endpoints: [] };
  const port = { name: 'http', port: 80, host: '127.0.0.1', localPort: 45_000, stats };
  expect(serviceUrl(port)).toBe('http://127.0.0.1:45000');
});
