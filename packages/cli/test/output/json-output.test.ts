import { expect, test } from 'vitest';
import { createJsonOutput } from '../../src/output/json-output.ts';
import { collectLines } from '../fixtures/collected-lines.ts';
import { runReport } from '../fixtures/run-report.ts';
import { decision, NOON_MS, runView } from '../fixtures/run-view.ts';

test('everything is an object a line with its type', () => {
  const collected = collectLines();
  const output = createJsonOutput(collected);
  output.notice({ level: 'info', text: 'two\nlines' });
  output.begin(runView);
  output.tick();
  output.decision(decision(NOON_MS, 1, 2));
  output.event({
    atMs: NOON_MS,
    about: 'pod/shop-a',
    event: { type: 'Normal', reason: 'Started', message: '' },
  });
  output.log({ pod: 'shop-a', container: 'shop', stream: 'stdout', text: 'hello' });
  output.end();
  output.tick();
  output.summary(runReport());
  const objects = collected.lines.map((line) => JSON.parse(line) as { readonly type: string });
  expect(objects.map(({ type }) => type)).toEqual([
    'notice',
    'tick',
    'decision',
    'event',
    'log',
    'summary',
  ]);
  expect(objects[1]).toMatchObject({
    atMs: NOON_MS + 83_000,
    elapsedSeconds: 83,
    deployments: [
      {
        name: 'shop',
        desiredReplicas: 4,
        readyReplicas: 2,
        pods: { ready: 2, notReady: 1, pending: 1, terminating: 1 },
      },
    ],
    services: [{ name: 'shop', addresses: ['http://127.0.0.1:8080'] }],
    load: { offeredPerSecond: 91.25, sent: 12_345, lost: 0 },
  });
  expect(objects[2]).toMatchObject({ verdict: 'up', replicas: { current: 1, desired: 2 } });
  expect(objects[5]).toEqual({ type: 'summary', ...runReport() });
});

test('seconds and logs are left out where they are not read in time, and a notice says so', () => {
  const collected = collectLines();
  const output = createJsonOutput(collected);
  output.begin(runView);
  collected.isLate = true;
  output.tick();
  output.log({ pod: 'shop-a', container: 'shop', stream: 'stdout', text: 'hello' });
  output.decision(decision(NOON_MS, 1, 2));
  output.end();
  output.summary(runReport());
  const types = collected.lines.map((line) => (JSON.parse(line) as { type: string }).type);
  expect(types).toEqual(['decision', 'notice', 'summary']);
});
