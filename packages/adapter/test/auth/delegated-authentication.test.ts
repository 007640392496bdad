import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory, waitUntil } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import { createDelegatedAuthorization } from '../../src/auth/access-reviews.ts';
import {
  createDelegatedAuthentication,
  type DelegatedAuthenticationOptions,
} from '../../src/auth/delegated-authentication.ts';
import type { KeyedCertificate } from '../../src/registration/certificate.ts';
import { testAuthority } from '../fixtures/certificates.ts';
import { startTestServer, type ClientAnswer, type TestServer } from '../fixtures/metrics-server.ts';
import { startReviewApi, type ReviewApi } from '../fixtures/review-api.ts';

const DAY_MS = 86_400_000;
const PATH = '/apis/custom.metrics.k8s.io/v1beta2/namespaces/default/pods/*/rps';
const [proxyCa, clientCa, otherCa] = await Promise.all(
  ['proxy-ca', 'client-ca', 'other-ca'].map((name) => testAuthority(name)),
);
const proxy = await proxyCa!.issue('CN=front-proxy-client');
const USER = ['X-Remote-User', 'eve', 'X-Remote-Group', 'system:masters'];

const config = (over: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  'client-ca-file': clientCa!.certificate,
  'requestheader-client-ca-file': proxyCa!.certificate,
  'requestheader-allowed-names': '["front-proxy-client"]',
  'requestheader-username-headers': '["X-Remote-User"]',
  'requestheader-uid-headers': '["X-Remote-Uid"]',
  'requestheader-group-headers': '["X-Remote-Group"]',
  'requestheader-extra-headers-prefix': '["X-Remote-Extra-"]',
  ...over,
});

interface Secured extends AsyncDisposable {
  readonly api: ReviewApi;
  readonly server: TestServer;
  as(headers: readonly string[], by?: KeyedCertificate, path?: string): Promise<ClientAnswer>;
}

async function start(options: Partial<DelegatedAuthenticationOptions> = {}): Promise<Secured> {
  const api = await startReviewApi(config());
  const { client } = api;
  const log = (): void => undefined;
  const authenticator = createDelegatedAuthentication({ client, log, ...options });
  await authenticator.start();
  const authorizer = createDelegatedAuthorization({ client, log });
  const server = await startTestServer({ authenticator, authorizer });
  return {
    ...{ api, server },
    as: (headers, by, path = PATH) =>
      server.ask(path, {
        // An array of pairs is sent as it is, names repeated.
        headers: ['Host', 'metrics', ...headers],
        ...(by && { cert: by.certificate, key: by.key }),
      }),
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await authenticator.stop();
      await api[Symbol.asyncDispose]();
    },
  };
}

describe('headers of the front proxy', () => {
  test('are believed with its certificate', async () => {
    await using secured = await start();
    expect((await secured.as(USER, proxy)).status).toBe(200);
    expect(secured.api.accesses).toEqual([]);
  });

  test.each([
    ['without a certificate', () => undefined],
    ['with a user’s certificate', () => clientCa!.issue('CN=front-proxy-client')],
    ['with another name', () => proxyCa!.issue('CN=somebody')],
    ['with a certificate that is over', () => issueProxy({ toMs: Date.now() - DAY_MS / 2 })],
    ['with one that is not yet valid', () => issueProxy({ fromMs: Date.now() + DAY_MS / 2 })],
    ['with a server’s certificate', () => issueProxy({ use: 'server' })],
    ['with another authority’s', () => otherCa!.issue('CN=front-proxy-client')],
    [
      'with one that calls itself issued',
      async () => (await testAuthority('proxy-ca')).issue('CN=front-proxy-client'),
    ],
  ])('are ignored %s', async (_name, certificate) => {
    await using secured = await start();
    const answer = await secured.as(USER, await certificate());
    expect([401, 403]).toContain(answer.status);
    expect(answer.text).not.toContain('eve');
    expect(secured.api.accesses.map(({ user }) => user)).not.toContain('eve');
  });

  test('are believed with a certificate by an authority between, within the path’s length', async () => {
    await using secured = await start();
    const between = await proxyCa!.issue('CN=between', { use: 'none', pathLength: 0 });
    const leaf = await between.issue('CN=front-proxy-client');
    const chain = { ...leaf, certificate: leaf.certificate + '\n' + between.certificate };
    expect((await secured.as(USER, chain)).status).toBe(200);
    const tooFar = await between.issue('CN=further', { use: 'none', pathLength: 0 });
    const far = await tooFar.issue('CN=front-proxy-client');
    const long = [far, tooFar, between].map(({ certificate }) => certificate).join('\n');
    expect((await secured.as(USER, { ...far, certificate: long })).status).toBe(401);
    const noAuthority = await (await issueProxy({})).issue('CN=front-proxy-client');
    expect((await secured.as(USER, noAuthority)).status).toBe(401);
  });

  test('hand on each group and fact as it is, commas and all', async () => {
    await using secured = await start();
    secured.api.allowed.add('jané');
    const groups = ['X-Remote-Group', 'a, system:masters', 'X-Remote-Group', 'b'];
    const facts = ['X-Remote-Extra-Scopes%2fAll', 'one', 'X-Remote-Extra-scopes%2Fall', 'two'];
    const name = Buffer.from('jané').toString('latin1');
    const answer = await secured.as(
      ['X-Remote-User', name, 'X-Remote-Uid', '7', ...groups, ...facts],
      proxy,
    );
    expect(answer.status).toBe(200);
    expect(secured.api.accesses).toMatchObject([
      {
        ...{ user: 'jané', uid: '7', extra: { 'scopes/all': ['one', 'two'] } },
        groups: ['a, system:masters', 'b', 'system:authenticated'],
        resourceAttributes: {
          ...{ verb: 'get', group: 'custom.metrics.k8s.io', version: 'v1beta2' },
          ...{ resource: 'pods', subresource: 'rps', name: '*', namespace: 'default' },
        },
      },
    ]);
  });

  test('are believed of a new authority as soon as the ConfigMap names it, and no longer of the old one', async () => {
    const logged: string[] = [];
    await using secured = await start({ log: (_level, message) => logged.push(message) });
    const next = await testAuthority('next-ca');
    const nextProxy = await next.issue('CN=front-proxy-client');
    expect((await secured.as(USER, nextProxy)).status).toBe(401);
    secured.api.setAuthentication(config({ 'requestheader-client-ca-file': next.certificate }));
    await waitUntil(
      'the new proxy is believed',
      async () => (await secured.as(USER, nextProxy)).status === 200,
      { timeoutMs: 20_000 },
    );
    expect((await secured.as(USER, proxy)).status).toBe(401);
    secured.api.setAuthentication(config({ 'requestheader-allowed-names': 'no list' }));
    await waitUntil('it is said', () => logged.some((line) => line.includes('not understood')), {
      timeoutMs: 20_000,
    });
    expect((await secured.as(USER, nextProxy)).status).toBe(200);
  });
});

describe('users', () => {
  test('are known by their certificates', async () => {
    await using secured = await start();
    secured.api.allowed.add('jane');
    const jane = await clientCa!.issue('O=dev\\,ops,O=shop,CN=jane');
    expect((await secured.as([], jane)).status).toBe(200);
    expect(secured.api.accesses).toMatchObject([
      { user: 'jane', groups: ['dev,ops', 'shop', 'system:authenticated'] },
    ]);
  });

  test('are known by tokens, each of which is reviewed once', async () => {
    await using secured = await start();
    secured.api.allowed.add('robot');
    secured.api.tokens.set('good', { username: 'robot', groups: ['bots'] });
    for (const scheme of ['Bearer good', 'bearer good']) {
      expect((await secured.as(['Authorization', scheme])).status).toBe(200);
    }
    expect(secured.api.tokenReviews()).toBe(1);
    expect(secured.api.accesses).toHaveLength(1);
    const bad = await secured.as(['Authorization', 'Bearer bad']);
    expect(bad.status).toBe(401);
    expect(bad.json()).toMatchObject({ reason: 'Unauthorized', message: 'Unauthorized' });
  });

  test('who may not are told what, and asked about once', async () => {
    await using secured = await start();
    const jane = await clientCa!.issue('CN=jane');
    const answers = [await secured.as([], jane), await secured.as([], jane)];
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
    expect(answers[0]?.json()['message']).toBe(
      'pods.custom.metrics.k8s.io "*" is forbidden: User "jane" cannot get resource "pods/rps" in API group "custom.metrics.k8s.io" in the namespace "default": by the test',
    );
    expect(secured.api.accesses).toHaveLength(1);
  });

  test('who show nothing are refused, but for the probes', async () => {
    await using secured = await start();
    expect((await secured.as([])).status).toBe(401);
    for (const path of ['/healthz', '/livez', '/readyz', '/readyz/ping']) {
      expect(await secured.as([], undefined, path)).toMatchObject({ status: 200, text: 'ok' });
    }
    expect((await secured.as([], undefined, '/metrics')).status).toBe(401);
  });

  test('who show nothing are decided about where that is asked for', async () => {
    await using secured = await start({ allowAnonymous: true });
    expect((await secured.as([])).status).toBe(403);
    expect(secured.api.accesses).toMatchObject([
      { user: 'system:anonymous', groups: ['system:unauthenticated'] },
    ]);
  });
});

describe('an API server that fails', () => {
  test('lets nobody in, and keeps the probes well', async () => {
    await using secured = await start();
    const jane = await clientCa!.issue('CN=jane');
    secured.api.fail(true);
    expect((await secured.as([], jane)).status).toBe(500);
    expect((await secured.as(['Authorization', 'Bearer good'])).status).toBe(500);
    expect((await secured.as([], undefined, '/livez')).status).toBe(200);
    expect((await secured.as([], undefined, '/readyz')).status).toBe(200);
    secured.api.fail(false);
    secured.api.allowed.add('jane');
    expect((await secured.as([], jane)).status).toBe(200);
  });

  test('ends the start with the right that is missing, unless that is tolerated', async () => {
    await using api = await startReviewApi();
    const options = { client: api.client, log: () => undefined };
    api.fail(true);
    await expect(createDelegatedAuthentication(options).start()).rejects.toMatchObject({
      code: 'ERR_KUBERNETES_API',
      remedy: expect.stringContaining('extension-apiserver-authentication-reader') as string,
    });
    const tolerant = createDelegatedAuthentication({ ...options, tolerateLookupFailure: true });
    await tolerant.start();
    const certificate = new X509Certificate(proxy.certificate);
    expect(await tolerant.authenticate({ certificate, rawHeaders: USER })).toBeUndefined();
    await tolerant.stop();
  });
});

function issueProxy(options: Parameters<NonNullable<typeof proxyCa>['issue']>[1] = {}) {
  return proxyCa!.issue('CN=front-proxy-client', options);
}

describe('files of authorities', () => {
  test('hold instead of the ConfigMap’s, and are read again when they change', async () => {
    await using folder = await temporaryDirectory();
    const file = join(folder.path, 'proxy-ca.crt');
    writeFileSync(file, otherCa!.certificate);
    const logged: string[] = [];
    await using secured = await start({
      ...{ requestHeaderClientCaFile: file, lookEveryMs: 10 },
      requestHeaderAllowedNames: ['front-proxy-client'],
      log: (_level, message) => logged.push(message),
    });
    const ofFile = await otherCa!.issue('CN=front-proxy-client');
    expect((await secured.as(USER, ofFile)).status).toBe(200);
    expect((await secured.as(USER, proxy)).status).toBe(401);
    expect((await secured.as(USER, await otherCa!.issue('CN=another'))).status).toBe(401);
    writeFileSync(file, 'no certificate');
    await waitUntil('it is said', () => logged.some((line) => line.includes('not understood')), {
      timeoutMs: 20_000,
    });
    expect((await secured.as(USER, ofFile)).status).toBe(200);
    writeFileSync(file, proxyCa!.certificate);
    await waitUntil(
      'the new authority is believed',
      async () => (await secured.as(USER, proxy)).status === 200,
      { timeoutMs: 20_000 },
    );
    expect((await secured.as(USER, ofFile)).status).toBe(401);
  });

  test('name clients’ authorities without the cluster, which then is not asked', async () => {
    await using folder = await temporaryDirectory();
    const file = join(folder.path, 'client-ca.crt');
    writeFileSync(file, otherCa!.certificate);
    await using secured = await start({ clientCaFile: file, skipLookup: true });
    secured.api.allowed.add('jane');
    expect((await secured.as([], await otherCa!.issue('CN=jane'))).status).toBe(200);
    expect((await secured.as([], await clientCa!.issue('CN=jane'))).status).toBe(401);
    expect((await secured.as(USER, proxy)).status).toBe(401);
  });

  test.each(['clientCaFile', 'requestHeaderClientCaFile'])(
    '%s without a certificate ends the start: the cluster’s would hold instead',
    async (option) => {
      await using folder = await temporaryDirectory();
      const file = join(folder.path, 'empty.crt');
      writeFileSync(file, '');
      await using api = await startReviewApi(config());
      const options = { client: api.client, log: () => undefined, [option]: file };
      await expect(createDelegatedAuthentication(options).start()).rejects.toMatchObject({
        code: 'ERR_ADAPTER_CONFIG',
      });
    },
  );
});
