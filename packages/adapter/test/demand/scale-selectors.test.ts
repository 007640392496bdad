import { waitUntil } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { createScaleSelectors, type ScaleTarget } from '../../src/demand/scale-selectors.ts';
import { APPS, scalePathOf, scaleWith } from '../fixtures/autoscalers.ts';
import { startWatchApi } from '../fixtures/watch-api.ts';

const PATIENT = { timeoutMs: 20_000 };
const targetOf = (name: string, kind = 'Deployment'): ScaleTarget => ({
  namespace: 'shop',
  reference: { apiVersion: 'apps/v1', kind, name },
});

test('a selector is what the target’s scale says, and each target’s trouble is its own', async () => {
  await using api = await startWatchApi(
    {},
    {
      ...APPS,
      [scalePathOf('web')]: scaleWith('app=web,tier in (a,b)'),
      [scalePathOf('mail')]: scaleWith(''),
      [scalePathOf('odd')]: scaleWith('=='),
    },
  );
  api.forbid(scalePathOf('secret'));
  let changes = 0;
  const selectors = createScaleSelectors({ client: api.client, changed: () => (changes += 1) });
  const targets = [
    ...['web', 'mail', 'odd', 'gone', 'secret'].map((name) => targetOf(name)),
    targetOf('set', 'StatefulSet'),
  ];
  try {
    selectors.start();
    expect(selectors.isSettled()).toBe(true);
    selectors.setTargets(targets);
    expect(selectors.isSettled()).toBe(false);
    expect(selectors.get(targetOf('web'))).toMatchObject({
      problem: expect.stringContaining('yet') as string,
    });
    await waitUntil('all to be asked for', () => selectors.isSettled() && changes > 0, PATIENT);
    expect(targets.map((target) => selectors.get(target))).toMatchObject([
      { kind: 'known', text: 'app=web,tier in (a,b)' },
      { problem: 'the scale of Deployment mail has no selector' },
      { problem: expect.stringContaining('the scale of Deployment odd cannot be read') as string },
      { problem: expect.stringMatching(/Deployment gone cannot be read: .*NotFound/) as string },
      { problem: expect.stringMatching(/Deployment secret cannot be read: .*Forbidden/) as string },
      { problem: 'the API server knows no StatefulSet in apps/v1' },
    ]);
    // Discovery is asked once for a kind that is found.
    api.answer(scalePathOf('gone'), scaleWith('app=gone'));
    await waitUntil('the target', () => selectors.get(targetOf('gone')).kind === 'known', PATIENT);
    selectors.setTargets([]);
    expect(selectors.get(targetOf('web'))).toMatchObject({ kind: 'unknown' });
  } finally {
    await selectors.stop();
    await selectors.stop();
  }
});
