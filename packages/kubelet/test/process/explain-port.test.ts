import { describe, expect, test } from 'vitest';
import {
  explainPortInUse,
  explainRefusal,
  explainWrongHolder,
  type PortView,
} from '../../src/process/explain-port.ts';

const view = (...holders: [address: string, owner: string | undefined][]): PortView => ({
  pod: 'a',
  podAddress: '127.9.0.1',
  port: 3000,
  holders: holders.map(([address, owner]) => ({
    listener: { address, port: 3000, inode: 1 },
    owner,
  })),
});

describe('explainRefusal', () => {
  test.each([
    ['127.0.0.1', '127.0.0.1:3000'],
    ['::1', '[::1]:3000'],
  ])('names %s', (address, shown) => {
    expect(explainRefusal(view([address, 'pod a']))).toBe(
      `listens on ${shown} only; in a cluster nothing could reach it; listen on 0.0.0.0`,
    );
  });

  test('says nothing when only others listen, or nobody', () => {
    expect(explainRefusal(view(['127.0.0.1', 'pod b'], ['127.0.0.1', undefined]))).toBeUndefined();
    expect(explainRefusal(view())).toBeUndefined();
  });
});

describe('explainWrongHolder', () => {
  test('names another pod or program that listens on every address', () => {
    expect(explainWrongHolder(view(['0.0.0.0', 'pod b']))).toContain('held by pod b');
    expect(explainWrongHolder(view(['::', undefined]))).toContain('another program');
    expect(explainWrongHolder(view(['::', 'a Service of this run']))).toContain(
      'held by a Service',
    );
  });

  test('says nothing when the pod listens itself, in whichever way', () => {
    expect(explainWrongHolder(view(['0.0.0.0', 'pod a']))).toBeUndefined();
    expect(explainWrongHolder(view(['127.9.0.1', undefined]))).toBeUndefined();
    expect(explainWrongHolder(view())).toBeUndefined();
  });
});

test('explainPortInUse names the holder and the ways out', () => {
  expect(explainPortInUse(view(['127.0.0.1', 'pod c'], ['0.0.0.0', 'pod b']))).toBe(
    'port 3000 is held by pod b, which listens on 0.0.0.0; each pod has its own address, so listen on ' +
      '$HOST (127.9.0.1) instead of on every address, let a Node process keep NODE_OPTIONS, or give ' +
      'each Deployment its own containerPort',
  );
});
