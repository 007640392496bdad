import { describe, expect, test } from 'vitest';
import { neverReady, watchForEnding } from '../../src/up/run-ending.ts';
import { podStatus, runView } from '../fixtures/run-view.ts';

describe('watchForEnding', () => {
  test('ends with the first of several endings', async () => {
    const watch = watchForEnding();
    watch.endAfter(0.005, () => undefined);
    watch.endAfter(0.01, () => ({ reason: 'duration', exitCode: undefined }));
    await watch.ending;
    watch.end({ reason: 'load', exitCode: undefined });
    expect(await watch.ending).toEqual({ reason: 'duration', exitCode: undefined });
    watch.stop();
  });

  test('takes an error that nothing caught as an ending, and a later one as a failure', async () => {
    const watch = watchForEnding();
    const [first, second] = [new Error('first'), new Error('second')];
    const listener = process.listeners('uncaughtException').at(-1)!;
    listener(first, 'uncaughtException');
    expect(await watch.ending).toEqual({ reason: 'error', exitCode: 3, error: first });
    listener(second, 'uncaughtException');
    await expect(watch.failure).rejects.toBe(second);
    watch.stop();
  });

  test('holds on to nothing after its stop', () => {
    const listeners = process.listenerCount('uncaughtException');
    const watch = watchForEnding();
    expect(process.listenerCount('uncaughtException')).toBe(listeners + 1);
    watch.endAfter(3600, () => undefined);
    watch.stop();
    watch.stop();
    expect(process.listenerCount('uncaughtException')).toBe(listeners);
  });
});

test('neverReady says why no pod is ready', () => {
  const { snapshot } = runView();
  const [shop] = snapshot.deployments;
  const pods = [podStatus('shop-a', 'notReady'), podStatus('shop-b', 'notReady')];
  const ending = neverReady(60, { ...snapshot, deployments: [{ ...shop!, pods }] });
  expect(ending).toMatchObject({
    exitCode: 3,
    error: {
      code: 'ERR_CLI_NOT_READY',
      message:
        'Expected a pod to be ready within 60 s, and none was: readiness probe: GET :9400/readyz answered 503',
    },
  });
});
