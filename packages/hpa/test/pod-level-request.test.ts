import { describe, expect, test } from 'vitest';
import { isPodLevelRequestsSet, podLevelRequestMilli } from '../src/pod-level-request.ts';
import { readyPod } from './samples.ts';

const container = (cpu: string) => ({ name: 'c', requests: { cpu } });
const sidecar = (cpu: string) => ({ ...container(cpu), restartPolicy: 'Always' as const });

describe('isPodLevelRequestsSet', () => {
  test('asks for a resource that pods can request themselves', () => {
    expect(isPodLevelRequestsSet(readyPod('a'))).toBe(false);
    expect(isPodLevelRequestsSet(readyPod('a', { podRequests: { 'example.com/gpu': '1' } }))).toBe(
      false,
    );
    expect(isPodLevelRequestsSet(readyPod('a', { podRequests: { 'hugepages-2Mi': '1' } }))).toBe(
      true,
    );
    const podRequests = { 'example.com/gpu': '1', cpu: '1' };
    expect(isPodLevelRequestsSet(readyPod('a', { podRequests }))).toBe(true);
  });
});

describe('podLevelRequestMilli', () => {
  test('takes the pod’s own request and adds the overhead', () => {
    const pod = readyPod('a', { podRequests: { cpu: '1' }, overhead: { cpu: '250m' } });
    expect(podLevelRequestMilli(pod, 'cpu')).toBe(1250);
  });

  test('falls back to what the containers take at most at one time', () => {
    const pod = readyPod('a', {
      podRequests: { memory: '1Gi' },
      containers: [container('100m'), container('100m')],
      initContainers: [sidecar('50m'), container('400m'), sidecar('10m')],
    });
    // 50m + 400m while the second init container runs; later only 100m + 100m + 50m + 10m.
    expect(podLevelRequestMilli(pod, 'cpu')).toBe(450);
    const light = { ...pod, initContainers: [sidecar('50m'), container('20m'), sidecar('10m')] };
    expect(podLevelRequestMilli(light, 'cpu')).toBe(260);
  });

  test('names the pod whose request is no quantity', () => {
    const pod = readyPod('a', { podRequests: { cpu: 'x' } });
    expect(() => podLevelRequestMilli(pod, 'cpu')).toThrow(
      expect.objectContaining({ place: { field: 'request of pod a' } }),
    );
  });

  test('is undefined where nothing names the resource', () => {
    const pod = readyPod('a', { podRequests: { memory: '1Gi' }, containers: [] });
    expect(podLevelRequestMilli(pod, 'cpu')).toBeUndefined();
  });
});
