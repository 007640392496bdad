import { HPA_USER, type AuditEvent } from '@bellows/e2e';
import { expect, test } from 'vitest';
import { missedSyncs } from '../../src/adapter-scale/scale-rows.ts';

const asked = (seconds: number, name = 'a'): AuditEvent => ({
  ...{ user: HPA_USER, verb: 'get', uri: `/apis/custom.metrics.k8s.io/${name}`, code: 200 },
  ...{ receivedAtMs: seconds * 1000, answeredAtMs: seconds * 1000 },
});
const minute = (autoscalers: number): Parameters<typeof missedSyncs>[1] => ({
  ...{ fromMs: 0, toMs: 60_000, autoscalers },
});

test('a sync in each period misses none, and one that is late is not missed', () => {
  const late = [5, 21, 35, 52].map((seconds) => asked(seconds));
  expect(missedSyncs(late, minute(1))).toBe(0);
});

test('each whole period without a sync counts, at the edges too', () => {
  expect(missedSyncs([asked(5), asked(35), asked(50)], minute(1))).toBe(1);
  expect(missedSyncs([asked(31), asked(46)], minute(1))).toBe(1);
});

test('an autoscaler that never asked has missed all', () => {
  const one = [5, 20, 35, 50].map((seconds) => asked(seconds));
  expect(missedSyncs(one, minute(2))).toBe(4);
});
