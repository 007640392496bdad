import { X509Certificate } from 'node:crypto';
import { FakeClock } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { AUTHORITY_LIFE_MS } from '../../src/registration/authority-state.ts';
import {
  createOwnAuthority,
  type OwnAuthority,
  type ServingCertificate,
} from '../../src/registration/own-authority.ts';
import { startObjectApi, type ObjectApi } from '../fixtures/object-api.ts';

const SECRET = { namespace: 'bellows-system', name: 'bellows-adapter-ca' };
const SECRET_PATH = '/api/v1/namespaces/bellows-system/secrets/bellows-adapter-ca';
const EMPTY = { [SECRET_PATH]: { kind: 'Secret', metadata: SECRET } };
const DAY_MS = 86_400_000;

function replica(
  api: ObjectApi,
  clock: FakeClock,
): { readonly authority: OwnAuthority; readonly served: ServingCertificate[] } {
  const served: ServingCertificate[] = [];
  const authority = createOwnAuthority({
    ...{ client: api.client, secret: SECRET, hosts: ['a.b.svc', 'a'], now: clock.now },
    log: () => undefined,
    onChange: (serving) => void served.push(serving),
  });
  return { authority, served };
}

const isOf = ({ certificate, caBundle }: ServingCertificate): boolean => {
  const first = new X509Certificate(caBundle);
  return new X509Certificate(certificate).verify(first.publicKey);
};

test('replicas that start together share one authority, each with a certificate of its own', async () => {
  await using api = await startObjectApi(EMPTY);
  const clock = new FakeClock();
  const replicas = Array.from({ length: 4 }, () => replica(api, clock));
  await Promise.all(replicas.map(({ authority }) => authority.start()));
  await Promise.all(replicas.map(({ authority }) => authority.stop()));
  const served = replicas.map((one) => one.served[0]);
  expect(new Set(served.map((one) => one?.caBundle)).size).toBe(1);
  expect(new Set(served.map((one) => one?.certificate)).size).toBe(4);
  expect(served.every((one) => one !== undefined && isOf(one))).toBe(true);
});

test('a certificate is made anew at two thirds of its life, by the same authority', async () => {
  await using api = await startObjectApi(EMPTY);
  const clock = new FakeClock();
  const { authority, served } = replica(api, clock);
  await authority.refresh();
  clock.advanceMs(59 * DAY_MS);
  await authority.refresh();
  expect(served).toHaveLength(1);
  clock.advanceMs(2 * DAY_MS);
  await authority.refresh();
  expect(served).toHaveLength(2);
  expect(served[1]?.caBundle).toBe(served[0]?.caBundle);
  await authority.stop();
});

test('the bundle is known with its next authority before that one signs', async () => {
  await using api = await startObjectApi(EMPTY);
  const clock = new FakeClock();
  const { authority, served } = replica(api, clock);
  await authority.refresh();
  clock.advanceMs((AUTHORITY_LIFE_MS * 2) / 3);
  await authority.refresh();
  const told = served.at(-1);
  expect(told?.caBundle.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  expect(told !== undefined && isOf(told)).toBe(true);
  clock.advanceMs(2 * 3_600_000);
  await authority.refresh();
  const promoted = served.at(-1);
  expect(promoted?.caBundle).toContain(served[0]?.caBundle.trim());
  expect(promoted !== undefined && isOf(promoted)).toBe(true);
  expect(promoted?.certificate).not.toBe(told?.certificate);
  await authority.stop();
});

test('names the command that makes the Secret, where there is none', async () => {
  await using api = await startObjectApi();
  const { authority } = replica(api, new FakeClock());
  await expect(authority.start()).rejects.toMatchObject({
    code: 'ERR_KUBERNETES_NOT_FOUND',
    remedy: 'kubectl create secret generic -n bellows-system bellows-adapter-ca',
  });
  await authority.stop();
});
