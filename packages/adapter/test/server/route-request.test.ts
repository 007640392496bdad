import { expect, test } from 'vitest';
import { startTestServer } from '../fixtures/metrics-server.ts';

const CUSTOM = '/apis/custom.metrics.k8s.io/v1beta2';
const EXTERNAL = '/apis/external.metrics.k8s.io/v1beta1';
const NOBODY = { authenticate: () => Promise.resolve(undefined), checks: [] };

test('a placeholder stands for all metrics where that is asked for, which are still answered', async () => {
  await using server = await startTestServer({ discovery: 'placeholder' });
  for (const [path, name] of [
    [CUSTOM, 'custommetrics'],
    [EXTERNAL, 'externalmetrics'],
  ] as const) {
    expect((await server.ask(path)).json()['resources']).toMatchObject([{ name }]);
  }
  expect((await server.ask(`${CUSTOM}/namespaces/default/pods/*/rps`)).status).toBe(200);
});

test('paths that anybody may ask for are those paths and no others', async () => {
  await using server = await startTestServer({
    authenticator: NOBODY,
    alwaysAllowPaths: ['/metrics', '/version'],
  });
  expect((await server.ask('/metrics')).status).toBe(200);
  expect((await server.ask('/version?pretty=1')).status).toBe(200);
  for (const path of ['/metrics/', '/metrics/more', '//metrics', '/%6detrics', '/', EXTERNAL]) {
    expect((await server.ask(path)).status, path).toBe(401);
  }
});

test('its own metrics are those it is given, in the format that is asked for', async () => {
  let value = 0;
  await using server = await startTestServer({
    metrics: () => [
      {
        ...{ name: 'bellows_test_total', type: 'counter', help: 'Reads.' },
        samples: [{ name: 'bellows_test_total', labels: {}, value: (value += 1) }],
      },
    ],
  });
  const plain = await server.ask('/metrics');
  expect(plain.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(plain.text).toBe(
    '# HELP bellows_test_total Reads.\n# TYPE bellows_test_total counter\nbellows_test_total 1\n',
  );
  const open = await server.ask('/metrics', {
    headers: { accept: 'application/openmetrics-text; version=1.0.0' },
  });
  expect(open.headers['content-type']).toMatch(/^application\/openmetrics-text/);
  expect(open.text).toMatch(/bellows_test_total 2(\.0)?\n# EOF\n$/);
});

test('the version is told', async () => {
  await using server = await startTestServer({ version: '1.2.3' });
  expect((await server.ask('/version')).json()).toMatchObject({
    ...{ major: '1', minor: '2', gitVersion: 'v1.2.3' },
  });
});
