import { CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { createUpCommand } from '../../src/up/up-command.ts';
import type { UpOptions } from '../../src/up/up-options.ts';
import { upOptions } from '../fixtures/up-options.ts';

async function parse(args: readonly string[], command: readonly string[] = []): Promise<UpOptions> {
  const seen: UpOptions[] = [];
  const up = createUpCommand(command, (options) => {
    seen.push(options);
    return Promise.resolve();
  })
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  await up.parseAsync([...args], { from: 'user' });
  return seen[0]!;
}

describe('createUpCommand', () => {
  test('has a default for everything', async () => {
    expect(await parse(['-f', 'k8s/'])).toEqual(upOptions());
  });

  test('reads every option', async () => {
    const args = [
      ['-f', 'a.yaml', '--filename', '-'],
      ['--load', 'day.csv', '--load-duration', '90s', '--load-service', 'shop:http'],
      ['--load-request', 'GET /a', '--load-request', 'GET /b'],
      ['--horizontal-pod-autoscaler-sync-period', '5s', '--endpoint-delay', '0', '--seed', '7'],
      ['--output', 'json', '--report', 'run.json', '--logs'],
      ['--write', 'k8s/', '--force', '--duration', '10m', '--ready-timeout', '90'],
      ['--port', '3000'],
    ];
    expect(await parse(args.flat(), ['node', 'server.js', '--load'])).toEqual({
      files: ['a.yaml', '-'],
      command: ['node', 'server.js', '--load'],
      load: 'day.csv',
      loadDurationSeconds: 90,
      loadRequests: ['GET /a', 'GET /b'],
      loadService: 'shop:http',
      syncPeriodSeconds: 5,
      endpointDelayMs: 0,
      seed: 7,
      output: 'json',
      report: 'run.json',
      writeDirectory: 'k8s/',
      force: true,
      logs: true,
      durationSeconds: 600,
      readyTimeoutSeconds: 90,
      port: 3000,
    });
  });

  test.each([
    [['--load-duration', 'soon']],
    [['--output', 'xml']],
    [['--port', '0']],
    [['--seed', '-1']],
    [['--no-such-option']],
    [['--load']],
  ])('refuses %j', async (args) => {
    await expect(parse(args)).rejects.toBeInstanceOf(CommanderError);
  });

  test('names the command whose -- was forgotten', async () => {
    await expect(parse(['node', 'server.js'])).rejects.toMatchObject({
      code: 'ERR_CLI_USAGE',
      remedy: expect.stringContaining('bellows up -- node server.js') as string,
    });
  });
});
