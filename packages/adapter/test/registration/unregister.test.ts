import { expect, test } from 'vitest';
import { SERVED_APIS } from '../../src/registration/api-service.ts';
import { registerApi } from '../../src/registration/register-api.ts';
import { unregister } from '../../src/registration/unregister.ts';
import {
  encoded,
  EXTERNAL_PATH,
  externalApiService,
  OURS,
  THEIRS,
} from '../fixtures/api-services.ts';
import { startObjectApi, type ObjectApi } from '../fixtures/object-api.ts';

const CERT_MANAGER = { 'cert-manager.io/inject-ca-from': 'keda/serving' };
const SERVICE_PATH = `/api/v1/namespaces/${THEIRS.namespace}/services/${THEIRS.name}`;

async function takeAll(api: ObjectApi): Promise<void> {
  const options = { client: api.client, service: OURS, takeOver: true };
  for (const served of Object.values(SERVED_APIS).flat()) {
    await registerApi(served, 'OURS', options);
  }
}

test('removes what is ours and leaves what is not', async () => {
  await using api = await startObjectApi();
  await takeAll(api);
  api.objects.delete('/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io');
  const foreign = externalApiService({ service: THEIRS }) as never;
  api.objects.set(EXTERNAL_PATH, foreign);
  expect(await unregister(api.client, OURS)).toEqual([
    { name: 'v1beta1.custom.metrics.k8s.io', result: 'removed' },
    { name: 'v1beta2.custom.metrics.k8s.io', result: 'removed' },
    { name: 'v1beta1.external.metrics.k8s.io', result: 'foreign' },
    { name: 'v1beta1.metrics.k8s.io', result: 'absent' },
  ]);
  expect([...api.objects.keys()]).toEqual([EXTERNAL_PATH]);
});

test('gives back what was taken over, as it was', async () => {
  const before = externalApiService({ service: THEIRS, caBundle: encoded('THEIRS') }, CERT_MANAGER);
  await using api = await startObjectApi({ [EXTERNAL_PATH]: before, [SERVICE_PATH]: {} });
  await takeAll(api);
  expect(api.objects.get(EXTERNAL_PATH)).toMatchObject({ spec: { caBundle: encoded('OURS') } });
  expect(api.objects.get(EXTERNAL_PATH)).not.toMatchObject({
    metadata: { annotations: CERT_MANAGER },
  });
  const done = await unregister(api.client, OURS);
  expect(done).toContainEqual({ name: 'v1beta1.external.metrics.k8s.io', result: 'returned' });
  const { metadata, spec } = api.objects.get(EXTERNAL_PATH) as unknown as {
    readonly metadata: { readonly annotations: object };
    readonly spec: object;
  };
  expect(metadata.annotations).toEqual(CERT_MANAGER);
  expect(spec).toEqual((before as { readonly spec: object }).spec);
});

test('removes what was taken over from one who is gone', async () => {
  await using api = await startObjectApi({
    [EXTERNAL_PATH]: externalApiService({ service: THEIRS }),
  });
  await takeAll(api);
  const done = await unregister(api.client, OURS);
  expect(done).toContainEqual({ name: 'v1beta1.external.metrics.k8s.io', result: 'removed' });
});
