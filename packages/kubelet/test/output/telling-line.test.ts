import { expect, test } from 'vitest';
import { tellingLine } from '../../src/output/telling-line.ts';

test('is the last line of plain output', () => {
  expect(tellingLine('starting\nboom')).toBe('boom');
});

test('is the error of a stack trace', () => {
  const trace = [
    'file:///srv/main.js:3',
    "throw new TypeError('no database');",
    '      ^',
    '',
    'TypeError: no database',
    '    at file:///srv/main.js:3:7',
    '    at ModuleJob.run (node:internal/modules/esm/module_job:343:25) {',
    '}',
    '',
    'Node.js v20.20.0',
  ];
  expect(tellingLine(trace.join('\n'))).toBe('TypeError: no database');
});

test('is empty without output', () => {
  expect(tellingLine('')).toBe('');
});
