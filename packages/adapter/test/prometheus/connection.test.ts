import { Agent as HttpsAgent } from 'node:https';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { PrometheusConnection } from '../../src/prometheus/connection.ts';

test.each([
  ['http://host', 'http://host/'],
  ['http://host:9090/prefix', 'http://host:9090/prefix/'],
  ['https://host/a/b///?x=1', 'https://host/a/b/?x=1'],
])('reads %s as the base %s', (url, base) => {
  expect(new PrometheusConnection({ url }).base.href).toBe(base);
});

test.each(['host:9090', 'ftp://host', '', '/prefix'])('refuses %j', (url) => {
  expect(() => new PrometheusConnection({ url })).toThrow(/Expected a URL of Prometheus/);
});

test('sends headers as often as they are given, and the token without its line end', async () => {
  await using folder = await temporaryDirectory();
  const tokenFile = join(folder.path, 'token');
  await writeFile(tokenFile, 'secret\n');
  const connection = new PrometheusConnection({
    ...{ url: 'http://host', tokenFile },
    headers: [
      ['X-A', '1'],
      ['x-a', '2'],
      ['Authorization', 'Basic x'],
    ],
  });
  const { headers } = await connection.prepare();
  expect(headers).toEqual({ 'x-a': ['1', '2'], authorization: ['Bearer secret'] });
  connection.close();
});

test('keeps its connections until what they are made with changes', async () => {
  await using folder = await temporaryDirectory();
  const caFile = join(folder.path, 'ca.crt');
  await writeFile(caFile, 'one');
  const connection = new PrometheusConnection({ url: 'https://host', caFile });
  const { agent } = await connection.prepare();
  expect(agent).toBeInstanceOf(HttpsAgent);
  expect((await connection.prepare()).agent).toBe(agent);
  connection.close();
  connection.close();
});

test('says which file cannot be read', async () => {
  const tokenFile = '/does/not/exist';
  const connection = new PrometheusConnection({ url: 'http://host', tokenFile });
  await expect(connection.prepare()).rejects.toMatchObject({
    code: 'ERR_ADAPTER_SOURCE',
    place: { file: tokenFile },
  });
  connection.close();
});
