import { expect, test } from 'vitest';
import { createProbeExplainer } from '../../src/container/explain-probe.ts';
import type { PortView } from '../../src/process/explain-port.ts';

const listener = (address: string) => ({ address, port: 3000, inode: 1 });
const refusal = {
  outcome: 'failure' as const,
  message: 'refused',
  refused: true,
  target: { host: '127.9.0.1', port: 3000 },
};
const success = { outcome: 'success' as const, message: '', target: refusal.target };

function bench(holders: PortView['holders']) {
  let looks = 0;
  const explainer = createProbeExplainer('127.9.0.1', (port) => {
    looks += 1;
    return { pod: 'a', podAddress: '127.9.0.1', port, holders };
  });
  return { ...explainer, looks: () => looks };
}

test('gives a refusal its reason, looked up once a second', () => {
  const { explain, looks } = bench([{ listener: listener('127.0.0.1'), owner: 'pod a' }]);
  expect(explain(refusal).message).toContain('listens on 127.0.0.1:3000 only');
  expect(explain(refusal).message).toContain('listens on 127.0.0.1:3000 only');
  expect(looks()).toBe(1);
});

test('turns the success of another pod into a failure', () => {
  const { explain } = bench([{ listener: listener('0.0.0.0'), owner: 'pod b' }]);
  expect(explain(success)).toMatchObject({
    outcome: 'failure',
    message: expect.stringContaining('port 3000 is held by pod b') as unknown,
  });
});

test('trusts a success of its own, once for each container', () => {
  const { explain, looks, reset } = bench([{ listener: listener('127.9.0.1'), owner: 'pod a' }]);
  expect(explain(success)).toBe(success);
  explain(success);
  expect(looks()).toBe(1);
  reset();
  explain(success);
  expect(looks()).toBe(2);
});

test('leaves alone what went elsewhere', () => {
  const { explain, looks } = bench([]);
  const elsewhere = { ...refusal, target: { host: '10.0.0.1', port: 80 } };
  expect(explain(elsewhere)).toBe(elsewhere);
  expect(explain({ outcome: 'success', message: '' })).toEqual({ outcome: 'success', message: '' });
  expect(looks()).toBe(0);
});
