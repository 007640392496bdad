import { describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { fetchText } from '../fixtures/fetch-text.ts';
import { runService } from '../fixtures/run-service.ts';
import { serve } from '../fixtures/serve.ts';

const SOON = { intervalSeconds: 0.1, timeoutSeconds: 0.05 };

describe('kit.check', () => {
  test('fails readiness until it has passed, and never liveness', async () => {
    await using served = await serve();
    let isThere = false;
    served.kit.ready();
    served.kit.check(
      'database',
      () => {
        if (!isThere) throw new Error('connection refused');
      },
      SOON,
    );
    await waitUntil('its first run', async () =>
      (await served.admin('/readyz/database')).body.includes('connection refused'),
    );
    const { status, body } = await served.admin('/readyz?verbose');
    expect(status).toBe(500);
    expect(body).toContain('[-]database failed: reason withheld\n');
    expect((await served.admin('/livez')).status).toBe(200);
    expect((await served.admin('/startupz')).status).toBe(200);
    expect((await served.admin('/readyz?exclude=database')).status).toBe(200);
    isThere = true;
    await waitUntil(
      'a run that passes',
      async () => (await served.admin('/readyz')).status === 200,
    );
    expect(
      served.said.filter((line) => line === 'check database failed: connection refused'),
    ).toHaveLength(1);
    const page = await served.metrics();
    expect(page).toContain('bellows_check_passing{check="database"} 1');
    expect(page).toMatch(/bellows_check_runs_total\{check="database",outcome="failed"\} [1-9]/);
  });

  test('fails one that hangs or blocks its promise for ever, with a signal that aborts', async () => {
    await using served = await serve();
    let aborted = 0;
    served.kit.check(
      'hangs',
      (signal) => {
        signal.addEventListener('abort', () => (aborted += 1));
        return new Promise(() => undefined);
      },
      SOON,
    );
    await waitUntil('its time to be over', async () =>
      (await served.admin('/readyz/hangs')).body.includes('it took longer than 0.05 s'),
    );
    expect(aborted).toBeGreaterThan(0);
    // It is tried again, but not without end: each run that hangs may hold a connection.
    await waitUntil('no more runs', async () =>
      (await served.admin('/readyz/hangs')).body.includes(
        '5 runs that were given up have not ended yet',
      ),
    );
    expect(aborted).toBe(5);
  });

  test('merges runs that are asked for at once', async () => {
    await using served = await serve();
    let runs = 0;
    let end: (() => void) | undefined;
    const check = served.kit.check('merged', () => {
      runs += 1;
      return new Promise<void>((resolve) => (end = resolve));
    });
    const both = [check.run(), check.run()];
    end!();
    expect(await Promise.all(both)).toEqual([undefined, undefined]);
    expect(runs).toBe(1);
  });

  test('throws anything at all without ending the process', async () => {
    await using served = await serve();
    const check = served.kit.check('odd', () => {
      throw Object.create(null) as Error;
    });
    expect(await check.run()).toBe('something without a text');
  });

  test.each([
    ['', {}, /`name` of a check to be 1 to 64 letters/],
    ['a/b', {}, /`name` of a check/],
    ['ping', {}, /`name` of a check/],
    ['twice', {}, /`name` of a check .* and free, got `twice`/],
    [
      'slow',
      { intervalSeconds: 0 },
      /`intervalSeconds` of a check to be a number from 0.1 to 3600/,
    ],
    [
      'slow',
      { maxAgeSeconds: 2 },
      /`maxAgeSeconds` of a check to be above intervalSeconds \+ timeoutSeconds \(15\)/,
    ],
  ])('a bad name or option is named with its range: %s %j', async (name, options, message) => {
    await using served = await serve();
    served.kit.check('twice', () => undefined);
    expect(() => served.kit.check(name, () => undefined, options)).toThrow(message);
  });
});

describe('kit.startup', () => {
  test('keeps the service from being ready until what blocks it has ended', async () => {
    await using served = await serve();
    let migrated: (() => void) | undefined;
    served.kit.startup.block(new Promise<void>((resolve) => (migrated = resolve)), 'migrations');
    served.kit.ready();
    expect(served.kit.phase).toBe('starting');
    expect((await served.admin('/startupz')).status).toBe(500);
    expect((await served.admin('/readyz/startup-migrations')).body).toContain('has not run yet');
    migrated!();
    await waitUntil('it to be ready', () => served.kit.phase === 'ready');
    expect((await served.admin('/readyz')).status).toBe(200);
  });

  test('stays not started when that fails, says why, and takes new work under the same name', async () => {
    await using served = await serve();
    served.kit.startup.block(Promise.reject(new Error('relation exists')), 'migrations');
    served.kit.ready();
    await waitUntil('it to be said', () => served.said.length > 0);
    expect(served.said).toEqual(['start of migrations failed: relation exists']);
    expect(served.kit.phase).toBe('starting');
    expect((await served.admin('/readyz/startup-migrations')).body).toContain('relation exists');
    expect((await served.admin('/livez')).status).toBe(200);
    served.kit.startup.block(Promise.resolve(), 'migrations');
    await waitUntil('it to be ready', () => served.kit.phase === 'ready');
  });
});

test('the admin thread says that a result is too old while the main loop is blocked', async () => {
  const age = { intervalSeconds: 0.1, timeoutSeconds: 0.1, maxAgeSeconds: 1 };
  await using service = await runService({ checks: { database: age } });
  await waitUntil('a run that passes', async () => {
    const { body } = await fetchText(service.adminPort, '/readyz?verbose');
    return body.includes('[+]database ok');
  });
  await fetchText(service.ports[0]!, '/block');
  await waitUntil('it to be too old', async () => {
    const { body } = await fetchText(service.adminPort, '/readyz/database');
    return /its last result is \d\.\d s old/.test(body);
  });
  service.unblock();
  await waitUntil('a run that passes', async () => {
    const { status } = await fetchText(service.adminPort, '/readyz/database');
    return status === 200;
  });
});
