import { describe, expect, test } from 'vitest';
import { parseManifests, type Container, type Deployment } from '../../src/index.ts';
import { deploymentText } from '../fixtures/manifest-texts.ts';
import { problemsOf, warningsOf } from '../fixtures/problems-of.ts';

function lifecycle(hooks: string): Container['lifecycle'] | undefined {
  const text = deploymentText(`lifecycle: ${hooks}`);
  const [object] = parseManifests([{ file: '-', text }]).objects;
  return (object as Deployment).spec.template.spec.containers[0]?.lifecycle;
}

describe('lifecycleShape', () => {
  test.each([
    ['{ preStop: { sleep: { seconds: 5 } } }', { sleep: { seconds: 5 } }],
    ['{ preStop: { exec: { command: [a, b] } } }', { exec: { command: ['a', 'b'] } }],
    [
      '{ preStop: { httpGet: { port: 80 } } }',
      { httpGet: { path: '/', port: 80, scheme: 'HTTP', httpHeaders: [] } },
    ],
  ])('reads %s', (hooks, preStop) => {
    expect(lifecycle(hooks)).toEqual({ preStop });
  });

  test('refuses a sleep that outlasts the grace period', () => {
    expect(
      problemsOf(deploymentText('lifecycle: { preStop: { sleep: { seconds: 31 } } }')),
    ).toEqual([
      '15:35 spec.template.spec.containers[0].lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30).',
    ]);
  });

  test('refuses a hook that does nothing, and one that does two things', () => {
    expect(problemsOf(deploymentText('lifecycle: { preStop: {} }'))[0]).toContain(
      'preStop: Required value: must specify a handler type. Set one of exec, httpGet, tcpSocket, sleep.',
    );
    const two = 'lifecycle: { preStop: { exec: { command: [a] }, sleep: { seconds: 1 } } }';
    expect(problemsOf(deploymentText(two))[0]).toContain(
      'preStop.sleep: Forbidden: may not specify more than 1 handler type. Keep one of exec, sleep.',
    );
  });

  test('says what follows from a postStart hook that is not run', () => {
    const text = deploymentText('lifecycle: { postStart: { exec: { command: [migrate] } } }');
    expect(warningsOf(text)).toEqual([
      'Deployment spec.template.spec.containers[].lifecycle.postStart is not acted on. postStart hooks are not run: a container that needs its hook starts without what the hook would have done. (shop.yaml:15:24)',
    ]);
  });
});
