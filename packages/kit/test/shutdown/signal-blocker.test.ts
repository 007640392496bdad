import { describe, expect, test } from 'vitest';
import { signalBlocker } from '../../src/shutdown/signal-blocker.ts';

const IN_POD = { KUBERNETES_SERVICE_HOST: '10.96.0.1' };

/** What is said of a process with this parent. */
function said(
  environment: Record<string, string>,
  parentPid: number,
  parentName?: string,
): string | undefined {
  return signalBlocker({ environment, parentPid, parentName: () => parentName });
}

describe('what stands between SIGTERM and the process', () => {
  test('is npm, where it runs in a pod', () => {
    expect(said({ ...IN_POD, npm_lifecycle_event: 'start' }, 20, 'sh')).toContain('npm run start');
    expect(said({ npm_lifecycle_event: 'start' }, 1, 'npm')).toContain('npm run start');
  });

  test('is a shell as PID 1', () => {
    expect(said({}, 1, 'sh')).toMatch(/^sh stands between/);
    expect(said({ ...IN_POD }, 1, 'bash')).toMatch(/^bash stands between/);
  });

  test.each([
    ['a terminal', {}, 4711, 'bash'],
    ['npm on a machine of a developer', { npm_lifecycle_event: 'start' }, 4711, 'sh'],
    ['an init as PID 1', {}, 1, 'tini'],
    ['a parent that cannot be known', IN_POD, 1, undefined],
    ['a process that is PID 1 itself', IN_POD, 0, undefined],
  ])('is nothing with %s', (_, environment, parentPid, parentName) => {
    expect(said(environment as Record<string, string>, parentPid, parentName)).toBeUndefined();
  });
});
