import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { endedMessage } from '../../src/container/ended-message.ts';

const logPath = resolve('.bellows/logs/shop-a_main.log');

test('tells the code, the last line and the log', () => {
  expect(endedMessage('main', { exitCode: 3, lastLines: 'hello\nboom', logPath })).toBe(
    'container main ended with code 3: boom (.bellows/logs/shop-a_main.log)',
  );
});

test('names the signal, and no log where nothing was written', () => {
  expect(endedMessage('main', { exitCode: 137, lastLines: '', logPath })).toBe(
    'container main ended with code 137 (SIGKILL)',
  );
});
