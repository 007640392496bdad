import { json } from 'node:stream/consumers';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createKubernetesClient } from '../src/kubernetes-client.ts';
import { kubeconfigFor, sendJson, startApiServer, statusOf } from './fixtures/api-server.ts';

test('says who asks, keeps the connection, and reads the context', async () => {
  const sockets = new Set<unknown>();
  await using server = await startApiServer((request, response) => {
    sockets.add(request.socket);
    sendJson(response, {
      authorization: request.headers.authorization,
      agent: request.headers['user-agent'],
    });
  });
  const client = await createKubernetesClient({ kubeconfig: server.kubeconfig });
  expect(client).toMatchObject({ server: server.url, context: 'test', namespace: 'test-space' });
  expect(await client.get('/x', { a: 1, b: undefined })).toEqual({
    ...{ authorization: 'Bearer secret', agent: 'bellows' },
  });
  await client.get('/x');
  expect(server.requests).toEqual(['GET /x?a=1', 'GET /x']);
  expect(sockets.size).toBe(1);
  client.close();
});

test('asks for another form over the same connection', async () => {
  const sockets = new Set<unknown>();
  await using server = await startApiServer((request, response) => {
    sockets.add(request.socket);
    sendJson(response, { accept: request.headers.accept });
  });
  const client = await createKubernetesClient({ kubeconfig: server.kubeconfig });
  const partial = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';
  expect(await client.accepting(partial).get('/x')).toEqual({ accept: partial });
  expect(await client.get('/x')).toEqual({ accept: 'application/json' });
  expect(sockets.size).toBe(1);
  const { signal } = new AbortController();
  const streamed = await client.accepting(partial, 'application/x').stream('/x', {}, signal);
  expect(await json(streamed)).toEqual({ accept: 'application/x' });
  client.close();
});

test('writes JSON of the kind that is said', async () => {
  await using server = await startApiServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      sendJson(response, { type: request.headers['content-type'], text });
    });
  });
  const client = await createKubernetesClient({ kubeconfig: server.kubeconfig });
  const contentType = 'application/merge-patch+json';
  expect(await client.write('PATCH', '/x', { contentType, body: { a: 'é' } })).toEqual({
    ...{ type: contentType, text: '{"a":"é"}' },
  });
  client.close();
});

test.each([
  [401, 'ERR_KUBERNETES_UNAUTHORIZED'],
  [403, 'ERR_KUBERNETES_FORBIDDEN'],
  [404, 'ERR_KUBERNETES_NOT_FOUND'],
  [409, 'ERR_KUBERNETES_API'],
  [302, 'ERR_KUBERNETES_API'],
])('%d is %s', async (status, code) => {
  await using server = await startApiServer((_, response) => {
    response.setHeader('location', '/elsewhere');
    sendJson(response, statusOf(status, 'Because', 'the server says so'), status);
  });
  const client = await createKubernetesClient({ kubeconfig: server.kubeconfig });
  await expect(client.get('/x')).rejects.toMatchObject({
    code,
    message: `GET /x was answered ${status}: the server says so`,
  });
  expect(server.requests.join()).not.toContain('elsewhere');
  client.close();
});

test('a token that was renewed in the file is found after one refusal', async () => {
  await using server = await startApiServer((request, response) => {
    if (request.headers.authorization === 'Bearer new') sendJson(response, { ok: true });
    else sendJson(response, statusOf(401, 'Unauthorized', 'Unauthorized'), 401);
  });
  const client = await createKubernetesClient({ kubeconfig: server.kubeconfig });
  const config = kubeconfigFor(server.url, { token: 'new' });
  writeFileSync(server.kubeconfig, JSON.stringify(config));
  expect(readFileSync(server.kubeconfig, 'utf8')).toContain('new');
  expect(await client.get('/x')).toEqual({ ok: true });
  client.close();
});

test('a credential plugin that fails is said, with its words', async () => {
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    ...{ command: process.execPath, args: ['-e', 'console.error("no session"); process.exit(1)'] },
  };
  await using server = await startApiServer(
    (_, response) => {
      sendJson(response, {});
    },
    { exec },
  );
  const client = await createKubernetesClient({ kubeconfig: server.kubeconfig });
  await expect(client.get('/x')).rejects.toMatchObject({
    code: 'ERR_KUBERNETES_UNAUTHORIZED',
    message: expect.stringContaining('no session') as string,
  });
  expect(server.requests).toEqual([]);
  client.close();
});

test.each([
  ['no answer within 50 ms', () => undefined],
  [
    'the answer took longer than 50 ms',
    (response: { write(text: string): void }) => {
      response.write('{');
    },
  ],
  [
    'the answer is larger than 100 bytes',
    (response: { end(text: string): void }) => {
      response.end(JSON.stringify('x'.repeat(200)));
    },
  ],
])('%s', async (message, answer: (response: never) => void) => {
  await using server = await startApiServer((_, response) => {
    answer(response as never);
  });
  const client = await createKubernetesClient({
    ...{ kubeconfig: server.kubeconfig, timeoutMs: 50, maxAnswerBytes: 100 },
  });
  await expect(client.get('/x')).rejects.toMatchObject({
    code: 'ERR_KUBERNETES_UNREACHABLE',
    message: expect.stringContaining(message) as string,
  });
  client.close();
});
