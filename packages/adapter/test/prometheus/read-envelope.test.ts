import { expect, test } from 'vitest';
import { readEnvelope } from '../../src/prometheus/read-envelope.ts';
import { answerBody } from '../fixtures/answer-with.ts';

test.each([
  ['{"status":"success","data":{"a":1}}', 200, { a: 1 }],
  ['{"status":"success"}', 200, undefined],
  ['{"data":[]}', 200, 'refused'],
  ['[]', 200, 'refused'],
  ['null', 200, 'refused'],
  ['"success"', 200, 'refused'],
  ['', 204, 'refused'],
])('reads %j with status %d', async (body, status, data) => {
  await using server = await answerBody(body, status);
  const read = readEnvelope(await server.ask(), 1000);
  if (data === 'refused') await expect(read).rejects.toThrow(/is not its JSON/);
  else expect(await read).toEqual(data);
});

test.each([400, 422, 503])('takes a body with status %d for Prometheus’ own', async (status) => {
  await using server = await answerBody(
    '{"status":"error","errorType":"bad_data","error":"no such thing"}',
    status,
  );
  const read = readEnvelope(await server.ask(), 1000);
  await expect(read).rejects.toMatchObject({
    code: 'ERR_ADAPTER_SOURCE',
    message: 'Prometheus: refused the query (bad_data)',
    cause: { message: 'no such thing' },
  });
});

test.each([301, 401, 404, 500, 502])(
  'takes a body with status %d for another’s',
  async (status) => {
    await using server = await answerBody('{"status":"success","data":{}}', status);
    const read = readEnvelope(await server.ask(), 1000);
    await expect(read).rejects.toThrow(`answered status ${status} with text/html`);
  },
);

test('reads as many bytes as are allowed and no more', async () => {
  const body = '{"status":"success","data":"€"}';
  await using server = await answerBody(body);
  const bytes = Buffer.byteLength(body);
  expect(await readEnvelope(await server.ask(), bytes)).toBe('€');
  await expect(readEnvelope(await server.ask(), bytes - 1)).rejects.toThrow(/more than/);
});
