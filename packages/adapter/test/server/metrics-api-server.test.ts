import { describe, expect, test } from 'vitest';
import { startTestServer } from '../fixtures/metrics-server.ts';

const V2 = '/apis/custom.metrics.k8s.io/v1beta2';
const V1 = '/apis/custom.metrics.k8s.io/v1beta1';
const EXTERNAL = '/apis/external.metrics.k8s.io/v1beta1';

describe('paths', () => {
  test.each([
    [`${V2}/blah`, 404],
    [`${V2}/nodes/foo`, 404],
    [`${V2}/namespaces/ns/pods/bar`, 404],
    [`${V2}/namespaces/ns/foo`, 404],
    [`${V2}/nodes/a/b/c/d`, 404],
    [`${V2}/nodes/n-1/heat`, 200],
    [`${V2}/namespaces/default/pods/a-1/rps`, 200],
    [`${V2}/namespaces/default/pods/a-1/rps/more`, 404],
    [`${V2}/namespaces/default/pods/%2A/rps`, 200],
    [`${V2}/namespaces/default/metrics/rps`, 200],
    [`${V2}/namespaces/*/metrics/rps`, 200],
    [`${V2}/namespaces/default/pods/*/a%20b`, 404],
    [`${V2}/namespaces/default/pods/*/rps?watch=true`, 400],
    [`${V2}/namespaces/default/pods/*/rps?labelSelector=%21%21`, 400],
    [`${V2}/namespaces/default/pods/*/rps?metricLabelSelector=%3D`, 400],
    [`${V2}/namespaces/default/pods/*/rps?metricLabelSelector=a!%3Db`, 400],
    [`${V2}/namespaces/default/pods/a-1/rps?fieldSelector=metadata.name%3Da-1`, 200],
    [`${V2}/namespaces/default/pods/a-1/rps?fieldSelector=metadata.name%3Db`, 400],
    [`${V2}/namespaces/default/pods/a-1/rps?fieldSelector=spec.x%3Db`, 400],
    [`${V2}/namespaces/default/pods/a-1/rps?limit=1&timeout=1s&resourceVersion=0`, 200],
    [EXTERNAL, 200],
    [`${EXTERNAL}/lag`, 404],
    [`${EXTERNAL}/namespaces/ns`, 404],
    [`${EXTERNAL}/namespaces/ns/group/metric`, 404],
    [`${EXTERNAL}/namespaces/ns/lag`, 200],
    [`${EXTERNAL}/namespaces/ns/empty`, 200],
    [`${EXTERNAL}/namespaces/ns/nan`, 503],
    [`${EXTERNAL}/namespaces/ns/other`, 404],
    ['/apis', 200],
    ['/apis/', 200],
    ['/apis/other.k8s.io', 404],
    ['/apis/custom.metrics.k8s.io', 200],
    ['/apis/custom.metrics.k8s.io/v9', 404],
    ['/apis/metrics.k8s.io/v1beta1/nodes', 404],
    ['/', 200],
    ['/version', 200],
    ['/metrics', 200],
    ['/openapi/v2', 200],
    ['/openapi/v3', 200],
    [`/openapi/v3${V2}`, 200],
    ['/openapi/v3/apis/a/b', 404],
    ['/anything', 404],
  ])('%s is %i', async (path, status) => {
    await using server = await startTestServer();
    const answer = await server.ask(path);
    expect(answer.status).toBe(status);
    if (status >= 400) expect(answer.json()).toMatchObject({ kind: 'Status', code: status });
    expect(server.logged).toEqual([]);
  });

  test('only GET and HEAD are served', async () => {
    await using server = await startTestServer();
    const path = `${V2}/namespaces/default/pods/*/rps`;
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(await server.ask(path, { method })).toMatchObject({ status: 405 });
    }
    const head = await server.ask(path, { method: 'HEAD' });
    expect(head).toMatchObject({ status: 200, text: '' });
    expect(Number(head.headers['content-length'])).toBeGreaterThan(100);
  });
});

describe('metrics', () => {
  test('a star is told in both ways, selectors in any order, and both versions have their keys', async () => {
    await using server = await startTestServer();
    const path = `${V2}/namespaces/default/pods`;
    const star = await server.ask(`${path}/*/rps?labelSelector=app%3Da&metricLabelSelector=x%3Dy`);
    const encoded = await server.ask(
      `${path}/%2A/rps?metricLabelSelector=x%3Dy&labelSelector=app%3Da`,
    );
    expect(encoded.text).toBe(star.text);
    const item = {
      describedObject: { kind: 'Pod', namespace: 'default', name: 'a-1', apiVersion: 'v1' },
      timestamp: '2026-01-02T03:04:05Z',
      value: '10500m',
    };
    const selector = { matchLabels: { x: 'y' } };
    expect(star.json()).toMatchObject({
      items: [{ ...item, metric: { name: 'rps', selector }, windowSeconds: 60 }, {}],
    });
    const v1 = await server.ask(`${V1}/namespaces/default/pods/a-1/rps`);
    expect(v1.json()['items']).toEqual([
      { ...item, metricName: 'rps', selector: null, window: 60 },
    ]);
  });

  test('an object without a value is said, with the reason', async () => {
    await using server = await startTestServer();
    const missing = await server.ask(`${V2}/namespaces/default/pods/a-1/nan`);
    expect(missing.status).toBe(404);
    expect(missing.json()['message']).toBe(
      'the server could not find the metric nan for pods a-1: value is NaN',
    );
    const nobody = await server.ask(`${V2}/namespaces/default/pods/*/rps?labelSelector=app%3Dz`);
    expect(nobody.json()['message']).toBe('the server could not find the metric rps for pods');
  });

  test('external values keep their labels, an empty list is empty, and none is negative', async () => {
    await using server = await startTestServer();
    const lag = await server.ask(`${EXTERNAL}/namespaces/ns/lag`);
    expect(lag.json()['items']).toEqual([
      {
        ...{ metricName: 'lag', metricLabels: { queue: 'a' }, window: 60, value: '42' },
        timestamp: '2026-01-02T03:04:05Z',
      },
    ]);
    expect((await server.ask(`${EXTERNAL}/namespaces/ns/empty`)).json()['items']).toEqual([]);
    const debt = await server.ask(`${EXTERNAL}/namespaces/ns/debt`);
    expect(debt.json()['items']).toMatchObject([{ metricLabels: null, value: '0' }]);
  });

  test.each(['application/vnd.kubernetes.protobuf, */*', 'application/json', '*/*', 'text/html'])(
    'Accept %s is answered with JSON',
    async (accept) => {
      await using server = await startTestServer();
      const answer = await server.ask(`${EXTERNAL}/namespaces/ns/lag`, { headers: { accept } });
      expect(answer).toMatchObject({
        status: 200,
        headers: { 'content-type': 'application/json' },
      });
    },
  );
});
