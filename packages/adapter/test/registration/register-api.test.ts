import { describe, expect, test } from 'vitest';
import { SERVED_APIS } from '../../src/registration/api-service.ts';
import { registerApi } from '../../src/registration/register-api.ts';
import {
  encoded,
  EXTERNAL_PATH,
  externalApiService,
  OURS,
  THEIRS,
} from '../fixtures/api-services.ts';
import { startObjectApi, type ObjectApi } from '../fixtures/object-api.ts';

const [EXTERNAL] = SERVED_APIS.external;
const foreign = externalApiService({ service: THEIRS, insecureSkipTLSVerify: true });

async function register(
  api: ObjectApi,
  options: { readonly takeOver?: boolean; readonly caBundle?: string | undefined } = {},
): Promise<unknown> {
  if (EXTERNAL === undefined) throw new Error('no API');
  const { takeOver = false } = options;
  const caBundle = 'caBundle' in options ? options.caBundle : 'OURS';
  return registerApi(EXTERNAL, caBundle, { client: api.client, service: OURS, takeOver });
}

const writes = (api: ObjectApi): string[] =>
  api.requests.filter((request) => !request.startsWith('GET'));

describe('registerApi', () => {
  test('registers what nobody has, verified', async () => {
    await using api = await startObjectApi();
    expect(await register(api)).toEqual({ change: 'registered' });
    expect(api.objects.get(EXTERNAL_PATH)).toMatchObject({
      spec: { service: { ...OURS, port: 443 }, caBundle: encoded('OURS'), versionPriority: 100 },
    });
    expect(JSON.stringify([...api.objects.values()])).not.toContain('insecureSkipTLSVerify');
  });

  test('looks before it writes, and writes nothing when all is as it should be', async () => {
    await using api = await startObjectApi();
    await register(api);
    expect(api.requests[0]).toBe(`GET ${EXTERNAL_PATH}`);
    expect(await register(api)).toEqual({});
    expect(writes(api)).toHaveLength(1);
  });

  test('leaves an APIService of somebody else as it is, and names the owner and the ways out', async () => {
    await using api = await startObjectApi({ [EXTERNAL_PATH]: foreign });
    expect(await register(api)).toEqual({
      problem:
        'v1beta1.external.metrics.k8s.io belongs to the Service keda/keda-operator-metrics-apiserver',
      remedy: expect.stringContaining('--take-over') as string,
    });
    expect(writes(api)).toEqual([]);
  });

  test('takes it over when told to, verified, and keeps the owner in mind', async () => {
    await using api = await startObjectApi({ [EXTERNAL_PATH]: foreign });
    expect(await register(api, { takeOver: true })).toEqual({
      change: 'taken over from the Service keda/keda-operator-metrics-apiserver',
    });
    const taken = api.objects.get(EXTERNAL_PATH) as unknown as {
      readonly metadata: { readonly annotations: Record<string, string> };
      readonly spec: object;
    };
    expect(taken.spec).not.toHaveProperty('insecureSkipTLSVerify');
    expect(taken.spec).toMatchObject({ service: OURS, caBundle: encoded('OURS') });
    expect(JSON.parse(taken.metadata.annotations['bellows.dev/former-owner'] ?? '')).toMatchObject({
      spec: { service: THEIRS, insecureSkipTLSVerify: true },
    });
  });

  test('writes a new bundle on its own APIService', async () => {
    await using api = await startObjectApi();
    await register(api);
    expect(await register(api, { caBundle: 'NEXT' })).toEqual({ change: 'bundle written' });
    expect(api.objects.get(EXTERNAL_PATH)).toMatchObject({ spec: { caBundle: encoded('NEXT') } });
  });

  test('has its own APIService verified that was not', async () => {
    const ours = externalApiService({ service: OURS, insecureSkipTLSVerify: true });
    await using api = await startObjectApi({ [EXTERNAL_PATH]: ours });
    await register(api);
    const { spec } = api.objects.get(EXTERNAL_PATH) as unknown as { readonly spec: object };
    expect(spec).not.toHaveProperty('insecureSkipTLSVerify');
    expect(spec).toMatchObject({ caBundle: encoded('OURS') });
  });

  test('leaves the bundle to cert-manager where its annotation stands', async () => {
    const ours = externalApiService(
      { service: OURS, caBundle: encoded('CERT-MANAGER') },
      { 'cert-manager.io/inject-ca-from': 'bellows-system/serving' },
    );
    await using api = await startObjectApi({ [EXTERNAL_PATH]: ours });
    expect(await register(api)).toEqual({});
    expect(writes(api)).toEqual([]);
  });

  test('says that an APIService of ours is not verified where the bundle is not ours to write', async () => {
    const ours = externalApiService({ service: OURS, insecureSkipTLSVerify: true });
    await using api = await startObjectApi({ [EXTERNAL_PATH]: ours });
    expect(await register(api, { caBundle: undefined })).toMatchObject({
      problem: expect.stringContaining('insecureSkipTLSVerify') as string,
    });
  });
});
