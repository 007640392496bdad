import { expect, test } from 'vitest';
import { EndpointRecords, GONE_ENDPOINTS_KEPT } from '../src/endpoint-record.ts';

test('a pod at an address has one record', () => {
  const records = new EndpointRecords();
  expect(records.recordOf('10.0.0.1', 80, 'a')).toBe(records.recordOf('10.0.0.1', 80, 'a'));
  expect(records.recordOf('10.0.0.1', 80, 'b')).not.toBe(records.recordOf('10.0.0.1', 80, 'a'));
});

test('records of endpoints that are gone are kept up to a limit, the oldest are forgotten', () => {
  const records = new EndpointRecords();
  const current = records.recordOf('10.0.0.1', 80, 'current');
  const busy = records.recordOf('10.0.0.1', 80, 'busy');
  busy.openConnections = 1;
  for (let pod = 0; pod < GONE_ENDPOINTS_KEPT + 5; pod += 1) {
    records.recordOf('10.0.0.1', 80, `pod-${pod}`);
  }
  records.prune((record) => record === current);
  const pods = records.stats().map(({ podName }) => podName);
  expect(pods).toHaveLength(GONE_ENDPOINTS_KEPT + 2);
  expect(pods.slice(0, 3)).toEqual(['current', 'busy', 'pod-5']);
});
