import { Agent } from 'node:http';
import { readEnvelope } from '../../src/prometheus/read-envelope.ts';
import { sendForm, type QueryMethod } from '../../src/prometheus/send-form.ts';
import { expect, test } from 'vitest';
import { answerWith, type AnsweringServer } from '../fixtures/answer-with.ts';

/** A server that tells what it was sent. */
function startEcho(): Promise<AnsweringServer> {
  return answerWith((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const { method, url, headers } = request;
      response.end(JSON.stringify({ status: 'success', data: { method, url, headers, body } }));
    });
  });
}

async function send({ url }: AnsweringServer, method: QueryMethod): Promise<unknown> {
  const agent = new Agent();
  const parameters = new URLSearchParams({ query: 'up{a="ä&b"}' });
  const headers = { 'x-scope-orgid': ['a', 'b'] };
  const { signal } = new AbortController();
  const target = new URL('/prefix/api/v1/query?token=x', url);
  const response = await sendForm({ url: target, method, parameters, signal, agent, headers });
  const data = await readEnvelope(response, 10_000);
  agent.destroy();
  return data;
}

const ENCODED = 'query=up%7Ba%3D%22%C3%A4%26b%22%7D';

test('sends parameters in the URL, or as a form', async () => {
  await using server = await startEcho();
  expect(await send(server, 'GET')).toMatchObject({
    ...{ method: 'GET', url: `/prefix/api/v1/query?${ENCODED}`, body: '' },
    headers: { 'x-scope-orgid': 'a, b', 'user-agent': 'bellows', accept: 'application/json' },
  });
  expect(await send(server, 'POST')).toMatchObject({
    ...{ method: 'POST', url: '/prefix/api/v1/query', body: ENCODED },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
});

test('follows no redirect', async () => {
  await using server = await answerWith((_request, response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
  });
  const { signal } = new AbortController();
  const agent = new Agent();
  const parameters = new URLSearchParams();
  const { url } = server;
  const response = await sendForm({ url, method: 'GET', parameters, signal, agent, headers: {} });
  expect(response.statusCode).toBe(302);
  response.destroy();
  agent.destroy();
});

test('ends when it is told to', async () => {
  await using server = await answerWith(() => undefined);
  const ending = new AbortController();
  const agent = new Agent();
  const { url } = server;
  const sent = sendForm({
    ...{ url, method: 'GET', parameters: new URLSearchParams(), agent, headers: {} },
    signal: ending.signal,
  });
  ending.abort();
  await expect(sent).rejects.toThrow(/abort/);
  agent.destroy();
});
