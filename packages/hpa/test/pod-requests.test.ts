import { describe, expect, test } from 'vitest';
import { podRequests } from '../src/pod-requests.ts';
import { NOW_MS, readyPod } from './samples.ts';

const CPU = { resource: 'cpu', podLevelResources: true };

describe('podRequests', () => {
  test('sums containers and sidecars, but not init containers that end', () => {
    const pod = readyPod('a', {
      initContainers: [
        { name: 'mesh', requests: { cpu: '50m' }, restartPolicy: 'Always' },
        { name: 'migrate', requests: { cpu: '4' } },
      ],
    });
    expect(podRequests([pod], CPU)).toEqual({ ok: true, value: new Map([['a', 550]]) });
  });

  test('takes only the named container', () => {
    const containers = [
      { name: 'app', requests: { cpu: '500m' } },
      { name: 'mesh', requests: { cpu: '50m' } },
    ];
    const pod = readyPod('a', { containers, podRequests: { cpu: '2' } });
    const rules = { ...CPU, container: 'mesh' };
    expect(podRequests([pod], rules)).toEqual({ ok: true, value: new Map([['a', 50]]) });
    expect(podRequests([readyPod('b')], rules)).toMatchObject({
      ok: false,
      error: 'container mesh not found in Pod b',
    });
  });

  test('fails for one pod without a request, even one that is terminating', () => {
    const bare = readyPod('b', { containers: [{ name: 'app' }], deletedAtMs: NOW_MS });
    expect(podRequests([readyPod('a'), bare], CPU)).toMatchObject({
      ok: false,
      error: 'missing request for cpu in container app of Pod b',
    });
  });

  test('prefers the pod’s own request, unless the gate is off', () => {
    const pod = readyPod('a', { podRequests: { cpu: '2' } });
    expect(podRequests([pod], CPU)).toMatchObject({ value: new Map([['a', 2000]]) });
    const off = { ...CPU, podLevelResources: false };
    expect(podRequests([pod], off)).toMatchObject({ value: new Map([['a', 500]]) });
  });

  test('says that the pod’s own requests lack the resource', () => {
    const pod = readyPod('a', { podRequests: { memory: '1Gi' }, containers: [] });
    expect(podRequests([pod], CPU)).toMatchObject({
      ok: false,
      error: 'missing pod-level request for cpu in Pod a',
    });
  });

  test('takes nothing for the request of a pod without containers', () => {
    expect(podRequests([readyPod('a', { containers: [] })], CPU)).toEqual({
      ok: true,
      value: new Map([['a', 0]]),
    });
  });

  test('takes the first of two containers of one name', () => {
    const containers = [
      { name: 'app', requests: { cpu: '500m' } },
      { name: 'app', requests: { cpu: '50m' } },
    ];
    const pod = readyPod('a', { containers });
    const rules = { ...CPU, container: 'app' };
    expect(podRequests([pod], rules)).toEqual({ ok: true, value: new Map([['a', 500]]) });
  });

  test('names the pod whose request is no quantity', () => {
    const pod = readyPod('a', { containers: [{ name: 'app', requests: { cpu: 'x' } }] });
    expect(() => podRequests([pod], CPU)).toThrow(
      expect.objectContaining({ place: { field: 'request of pod a' } }),
    );
  });

  test('reads no request out of an object’s prototype', () => {
    const rules = { ...CPU, resource: 'constructor' };
    expect(podRequests([readyPod('a')], rules).ok).toBe(false);
  });
});
