import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import type { Notice } from '../../src/output/output.ts';
import { planRun } from '../../src/up/plan-run.ts';
import type { RunPlan } from '../../src/up/run-plan.ts';
import { upOptions } from '../fixtures/up-options.ts';

async function plan(
  changes: Parameters<typeof upOptions>[0],
): Promise<{ plan: RunPlan; notices: Notice[] }> {
  const notices: Notice[] = [];
  const made = await planRun(upOptions(changes), (notice) => notices.push(notice));
  return { plan: made, notices };
}

const deployment = (name: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      nodeName: here
      containers: [{name: main, image: i, command: [node, server.js]}]
`;
const autoscaler = (name: string, target: string): string => `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: ${name}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${target}}
  maxReplicas: 5
  metrics:
    - type: Pods
      pods:
        metric: {name: http_requests_per_second}
        target: {type: AverageValue, averageValue: '20'}
`;

describe('planRun', () => {
  test('makes manifests for a command and tells what it assumed', async () => {
    const command = ['node', 'server.js'];
    const { plan: made, notices } = await plan({ files: [], command });
    expect(made).toMatchObject({ title: 'node server.js', command });
    expect(made.objects.map(({ kind }) => kind)).toEqual([
      'Deployment',
      'Service',
      'HorizontalPodAutoscaler',
    ]);
    expect(notices.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^assumed: .*port 3000/),
    );
  });

  test('counts the Deployments that an HPA scales, and shows the first HPA', async () => {
    await using directory = await temporaryDirectory();
    const file = join(directory.path, 'k8s.yaml');
    const texts = [deployment('web'), deployment('worker'), autoscaler('web-hpa', 'web')];
    await writeFile(file, texts.join('---'));
    const { plan: made, notices } = await plan({ files: [file] });
    expect(made).toMatchObject({
      title: file,
      command: undefined,
      countedDeployments: ['web'],
      demandSource: {
        autoscaler: 'web-hpa',
        rateTarget: { metric: 'http_requests_per_second', perReplica: 20 },
      },
    });
    expect(notices).toContainEqual({
      level: 'warning',
      text: expect.stringContaining('nodeName') as string,
    });
  });

  test('refuses an HPA without its target, with its place', async () => {
    await using directory = await temporaryDirectory();
    const file = join(directory.path, 'k8s.yaml');
    await writeFile(file, [deployment('web'), autoscaler('web', 'wep')].join('---'));
    await expect(plan({ files: [file] })).rejects.toMatchObject({
      code: 'ERR_MANIFEST_INVALID',
      message: expect.stringContaining('wep') as string,
    });
  });

  test.each([
    ['neither manifests nor a command', { files: [] }],
    ['--write with -f', { writeDirectory: 'k8s/' }],
    ['--force without --write', { force: true }],
  ])('refuses %s', async (_what, changes) => {
    await expect(plan(changes)).rejects.toMatchObject({ code: 'ERR_CLI_USAGE' });
  });
});
