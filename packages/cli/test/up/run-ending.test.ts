import type { PodStatus } from '@bellows/kubelet';
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

describe('neverReady', () => {
  const { snapshot } = runView();
  const [shop] = snapshot.deployments;
  const messageFor = (pods: readonly PodStatus[]): string => {
    const other = { ...shop!, name: 'other', pods: [podStatus('other-a', 'pending')] };
    const deployments = [{ ...shop!, pods }, other];
    const ending = neverReady(60, { ...snapshot, deployments }, ['shop']);
    expect(ending).toMatchObject({ exitCode: 3, error: { code: 'ERR_CLI_NOT_READY' } });
    return (ending.error as Error).message;
  };
  const waiting = (reason: string, message: string): PodStatus => {
    const pod = podStatus('shop-a', 'pending');
    const [container] = pod.containerStatuses;
    const state = { kind: 'waiting', reason, message } as const;
    return { ...pod, message, containerStatuses: [{ ...container!, state }] };
  };

  test('says why, one line for each pod of the Service that the load goes to', () => {
    const pods = [podStatus('shop-a', 'notReady'), podStatus('shop-b', 'notReady')];
    expect(messageFor(pods).split('\n')).toEqual([
      'Expected a pod to be ready within 60 s, and none was:',
      '  pod/shop-a: readiness probe: GET :9400/readyz answered 503',
      '  pod/shop-b: readiness probe: GET :9400/readyz answered 503',
      '  Look into .bellows/logs/, or give it more time with --ready-timeout',
    ]);
  });

  test('shows the last three lines of what ended', () => {
    const message =
      'back-off 10s restarting failed container=shop pod=shop-a: exited with code 3\none\ntwo\n  three\nfour';
    expect(messageFor([waiting('CrashLoopBackOff', message)]).split('\n')).toEqual([
      'Expected a pod to be ready within 60 s, and none was:',
      '  pod/shop-a: exited with code 3: four (CrashLoopBackOff, back-off 10s)',
      '      two',
      '        three',
      '      four',
      '  Look into .bellows/logs/, or give it more time with --ready-timeout',
    ]);
  });

  test('points to no log where no command has run', () => {
    const message = 'cannot run "nope": no such command';
    expect(messageFor([waiting('RunContainerError', message)])).not.toContain('.bellows/logs');
  });
});
