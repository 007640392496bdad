import { describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import type { Scope, SpawnOptions } from '../../src/index.ts';
import { fetchText } from '../fixtures/fetch-text.ts';
import { serve } from '../fixtures/serve.ts';

const untilAborted = (signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve('stopped');
    });
  });

/** A server whose requests spawn a task and answer at once; what it spawned. */
async function serveSpawning<Result>(
  task: (signal: AbortSignal) => Promise<Result>,
  options: SpawnOptions,
): Promise<{
  served: Awaited<ReturnType<typeof serve>>;
  spawned: Promise<PromiseSettledResult<unknown>>[];
  scopes: Scope[];
}> {
  const spawned: Promise<PromiseSettledResult<unknown>>[] = [];
  const scopes: Scope[] = [];
  const served = await serve((kit) => (request, response) => {
    const scope = kit.scope(request);
    expect(kit.scope(request)).toBe(scope);
    scopes.push(scope);
    spawned.push(scope.spawn(task, options));
    response.end();
  });
  return { served, spawned, scopes };
}

test('a task whose options are none says so', async () => {
  await using served = await serve(() => (_request, response) => response.end());
  const task = (): number => 1;
  expect(() => served.kit.scope().spawn(task, task as SpawnOptions)).toThrow(
    'Expected `options` of a task to be an object of options, got',
  );
});

describe('the scope of a request', () => {
  test('aborts its tasks when the response has ended', async () => {
    const { served, spawned, scopes } = await serveSpawning(untilAborted, { name: 'audit' });
    await fetchText(served.port, '/');
    expect(await spawned[0]).toEqual({ status: 'fulfilled', value: 'stopped' });
    expect(scopes[0]!.signal.aborted).toBe(true);
    expect(scopes[0]!.running).toBe(0);
    const late = await scopes[0]!.spawn(() => 1);
    expect(late).toMatchObject({ status: 'rejected', reason: { code: 'ERR_KIT_SCOPE_OVER' } });
    expect(await served.metrics()).toContain('tasks_total{task="audit",outcome="completed"} 1');
    await served[Symbol.asyncDispose]();
  });

  test('lets a task go on that says so, and the drain waits for it', async () => {
    let finish: (() => void) | undefined;
    const task = (): Promise<void> => new Promise((resolve) => (finish = resolve));
    const { served, spawned } = await serveSpawning(task, { name: 'mail', outlives: true });
    await fetchText(served.port, '/');
    await waitUntil('the response to have ended', async () =>
      (await served.metrics()).includes('http_requests_in_flight 0'),
    );
    expect(await served.metrics()).toContain('tasks_running{task="mail"} 1');
    let isDrained = false;
    const drained = served.kit.drain().then((result) => {
      isDrained = true;
      return result;
    });
    await waitUntil('the drain to begin', () => served.kit.phase === 'draining');
    await new Promise((resolve) => setImmediate(resolve));
    expect(isDrained).toBe(false);
    finish!();
    expect(await spawned[0]).toEqual({ status: 'fulfilled', value: undefined });
    expect(await drained).toMatchObject({ aborted: 0 });
    await served[Symbol.asyncDispose]();
  });

  test('counts and says a task that goes on without having said so', async () => {
    const { served } = await serveSpawning(() => new Promise(() => undefined), { name: 'deaf' });
    await fetchText(served.port, '/');
    await waitUntil('it to be counted', async () =>
      (await served.metrics()).includes('tasks_outlived_total{task="deaf"} 1'),
    );
    expect(served.said[0]).toMatch(/^task deaf failed: it goes on though its request has ended/);
    await served[Symbol.asyncDispose]();
  });
});

describe('the scope of the process', () => {
  test('counts a task that throws, and never rejects', async () => {
    await using served = await serve();
    const scope = served.kit.scope();
    const result = await scope.spawn(() => {
      throw new Error('no such file');
    });
    expect(result).toMatchObject({ status: 'rejected', reason: { message: 'no such file' } });
    expect(served.said).toEqual(['task unnamed failed: no such file']);
    expect(await served.metrics()).toContain('tasks_total{task="unnamed",outcome="failed"} 1');
  });

  test('aborts a task at its own time and at the end of the drain; what ignores that is cut', async () => {
    await using served = await serve(undefined, { inFlightTimeoutSeconds: 0.1 });
    const scope = served.kit.scope();
    const timed = scope.spawn(
      async (signal) => {
        await untilAborted(signal);
        throw signal.reason;
      },
      { timeoutSeconds: 0.02 },
    );
    expect(await timed).toMatchObject({ status: 'rejected', reason: { code: 'ERR_KIT_DEADLINE' } });
    const heeds = scope.spawn(untilAborted);
    const ignores = scope.spawn(() => new Promise(() => undefined));
    expect(scope.running).toBe(2);
    expect(await served.kit.drain()).toMatchObject({ aborted: 1 });
    expect(await heeds).toEqual({ status: 'fulfilled', value: 'stopped' });
    expect(await ignores).toMatchObject({ reason: { code: 'ERR_KIT_DRAINING' } });
    expect(scope.signal.aborted).toBe(true);
    expect(await scope.spawn(() => 1)).toMatchObject({ reason: { code: 'ERR_KIT_DRAINING' } });
  });

  test('takes as many tasks as it may', async () => {
    await using served = await serve(undefined, { maxTasks: 1 });
    const scope = served.kit.scope();
    void scope.spawn(() => new Promise(() => undefined));
    expect(await scope.spawn(() => 1)).toMatchObject({ reason: { code: 'ERR_KIT_QUEUE_FULL' } });
  });

  test.each([
    [{ name: '' }, /`name` of a task to be a text of 1 to 200 characters/],
    [{ timeoutSeconds: 0 }, /`timeoutSeconds` of a task to be above 0/],
    [{ outlives: 'yes' as never }, /`outlives` of a task to be true or false/],
  ])('a bad option is named with its range: %j', async (options, message) => {
    await using served = await serve();
    expect(() => served.kit.scope().spawn(() => 1, options)).toThrow(message);
  });
});

test('a request of no attached server has no scope', async () => {
  await using served = await serve();
  expect(() => served.kit.scope({} as never)).toThrow(/`request` to be one of an attached server/);
});
