import { expect, test } from 'vitest';
import { readSeriesShapes } from '../../src/prometheus/read-series-shapes.ts';
import { answerBody, answerWith } from '../fixtures/answer-with.ts';

test('keeps each name with each set of labels once, in any order of labels', async () => {
  await using server = await answerBody(
    '{"status":"success","data":[{"__name__":"a","x":"1","y":"2"},{"y":"3","x":"4","__name__":"a"},' +
      '{"__name__":"a","x":"1"},{"__name__":"b","x":"1"},{"x":"1"},5,null]}',
  );
  expect(await readSeriesShapes(await server.ask())).toEqual([
    { name: 'a', labelNames: ['x', 'y'] },
    { name: 'a', labelNames: ['x'] },
    { name: 'b', labelNames: ['x'] },
    { name: '', labelNames: ['x'] },
  ]);
});

test('takes labels of any name for labels', async () => {
  await using server = await answerBody(
    '{"status":"success","data":[{"__name__":"a","__proto__":"1","data":"2","status":"3"}]}',
  );
  const [shape] = await readSeriesShapes(await server.ask());
  expect(shape?.labelNames).toContain('data');
});

test.each([
  ['{"status":"error","errorType":"bad_data","error":"no"}', 400, /refused the query \(bad_data\)/],
  ['{"status":"success","data":[{"a"', 200, /is not its JSON/],
  ['<html>', 200, /is not its JSON/],
  ['{"data":[]}', 200, /is not its JSON/],
  ['no', 502, /answered status 502/],
])('refuses %j with status %d', async (body, status, message) => {
  await using server = await answerBody(body, status);
  await expect(readSeriesShapes(await server.ask())).rejects.toThrow(message);
});

test('ends at more shapes than anybody scales on', async () => {
  await using server = await answerWith((_request, response) => {
    const series = Array.from({ length: 100_001 }, (_, index) => `{"__name__":"m${index}"}`);
    response.end(`{"status":"success","data":[${series.join()}]}`);
  });
  await expect(readSeriesShapes(await server.ask())).rejects.toThrow(/more than 100000 kinds/);
});
