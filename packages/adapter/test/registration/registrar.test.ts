import { expect, test } from 'vitest';
import { ALL_APIS, SERVED_APIS } from '../../src/registration/api-service.ts';
import { createRegistrar } from '../../src/registration/registrar.ts';
import { EXTERNAL_PATH, externalApiService, OURS, THEIRS } from '../fixtures/api-services.ts';
import { startObjectApi } from '../fixtures/object-api.ts';

test('registers all of its APIs, and tells how each one does', async () => {
  await using api = await startObjectApi({
    [EXTERNAL_PATH]: externalApiService({ service: THEIRS }),
  });
  const lines: string[] = [];
  const registrar = createRegistrar({
    ...{ client: api.client, service: OURS, takeOver: false, apis: ALL_APIS },
    caBundle: () => 'OURS',
    log: (level, message) => lines.push(`${level} ${message}`),
  });
  await registrar.start();
  await registrar.stop();
  expect(registrar.state().map(({ part, problem }) => [part, problem ?? 'well'])).toEqual([
    ['v1beta1.custom.metrics.k8s.io', 'well'],
    ['v1beta2.custom.metrics.k8s.io', 'well'],
    [
      'v1beta1.external.metrics.k8s.io',
      'v1beta1.external.metrics.k8s.io belongs to the Service keda/keda-operator-metrics-apiserver',
    ],
    ['v1beta1.metrics.k8s.io', 'well'],
  ]);
  expect(lines).toHaveLength(4);
});

test('tries again after the API server refused, and leaves what is registered at its stop', async () => {
  await using api = await startObjectApi();
  api.refuse(403);
  const registrar = createRegistrar({
    ...{ client: api.client, service: OURS, takeOver: false, apis: SERVED_APIS.external },
    caBundle: () => 'OURS',
    log: () => undefined,
  });
  await registrar.start();
  expect(registrar.state()[0]?.problem).toContain('403');
  api.refuse(undefined);
  await registrar.refresh();
  expect(registrar.state()[0]?.problem).toBeUndefined();
  await registrar.stop();
  await registrar.refresh();
  expect(api.objects.has(EXTERNAL_PATH)).toBe(true);
});
