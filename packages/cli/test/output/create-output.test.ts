import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createOutput } from '../../src/output/create-output.ts';

const pipe = (): NodeJS.WriteStream => new PassThrough() as unknown as NodeJS.WriteStream;

test('without a terminal it is plain lines', () => {
  const stdout = pipe();
  createOutput(undefined, stdout).notice({ level: 'info', text: 'hello' });
  expect(String(stdout.read())).toBe('hello\n');
});

test('json is json anywhere', () => {
  const stdout = pipe();
  createOutput('json', stdout).notice({ level: 'info', text: 'hello' });
  expect(JSON.parse(String(stdout.read()))).toEqual({
    type: 'notice',
    level: 'info',
    text: 'hello',
  });
});

test('live asks for a terminal', () => {
  expect(() => createOutput('live', pipe())).toThrow(/to be a terminal for --output live/);
});
