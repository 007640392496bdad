import { FakeClock } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import { createJsonLog, type Log } from '../../src/self/log.ts';

function logged(): { readonly lines: string[]; readonly clock: FakeClock; readonly log: Log } {
  const lines: string[] = [];
  const clock = new FakeClock();
  return { lines, clock, log: createJsonLog((line) => lines.push(line), clock.now) };
}

describe('createJsonLog', () => {
  test('writes one JSON object a line', () => {
    const { lines, log } = logged();
    log('warn', 'Prometheus cannot be asked', { source: 'main', error: new Error('refused') });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/\n$/);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'warn',
      message: 'Prometheus cannot be asked',
      source: 'main',
      error: 'refused',
    });
  });

  test('counts what is repeated within a minute, and says so afterwards', () => {
    const { lines, clock, log } = logged();
    for (let index = 0; index < 5; index += 1) log('warn', 'down', { source: 'main' });
    log('warn', 'down', { source: 'other' });
    expect(lines).toHaveLength(2);
    clock.advanceMs(60_000);
    log('warn', 'down', { source: 'main' });
    expect(JSON.parse(lines[2] ?? '')).toMatchObject({ source: 'main', repeated: 4 });
  });

  test('remembers a limited number of lines', () => {
    const { lines, log } = logged();
    for (let index = 0; index < 600; index += 1) log('info', `line ${index}`);
    log('info', 'line 0');
    expect(lines).toHaveLength(601);
  });

  test('writes what JSON cannot hold without its fields', () => {
    const { lines, log } = logged();
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    log('error', 'odd', circular);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'error', message: 'odd' });
  });
});
