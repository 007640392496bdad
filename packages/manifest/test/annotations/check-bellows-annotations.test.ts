import { describe, expect, test } from 'vitest';
import { parseManifests, podWorkingDirectory, type Deployment } from '../../src/index.ts';
import { deploymentText, serviceText } from '../fixtures/manifest-texts.ts';
import { problemsOf } from '../fixtures/problems-of.ts';

function onPod(annotation: string): string {
  return deploymentText().replace(
    'labels: { app: shop }\n    spec',
    `labels: { app: shop }\n      annotations: { ${annotation} }\n    spec`,
  );
}

function onDeployment(annotation: string): string {
  return deploymentText().replace('name: shop\n', `name: shop\n  annotations: { ${annotation} }\n`);
}

describe('checkBellowsAnnotations', () => {
  test.each([
    [
      'bellows.dev/comand: node a.js',
      'unknown annotation "bellows.dev/comand". Did you mean bellows.dev/command?',
    ],
    [
      'bellows.dev/image: a',
      'unknown annotation "bellows.dev/image". Known: bellows.dev/metrics, bellows.dev/command, bellows.dev/working-directory.',
    ],
    [
      'bellows.dev/metrics: "a: {}"',
      'bellows.dev/metrics has no meaning on a pod template. Move it to a HorizontalPodAutoscaler.',
    ],
    [
      'bellows.dev/command: "a | b"',
      '"|" is a shell\'s operator, and no shell is run. Quote it, or run a shell: ["sh", "-c", "…"].',
    ],
    [
      'bellows.dev/working-directory: ""',
      "Expected the path of a folder, got none. Write one, as '..' or 'services/shop'.",
    ],
  ])('refuses { %s } on a pod template', (annotation, problem) => {
    const name = annotation.split(': ')[0] ?? '';
    expect(problemsOf(onPod(annotation)).map((line) => line.replace(/^\d+:\d+ /, ''))).toEqual([
      `spec.template.metadata.annotations[${name}]: ${problem}`,
    ]);
  });

  test('refuses the command on the Deployment, where it would have no meaning', () => {
    expect(problemsOf(onDeployment('bellows.dev/command: node a.js'))[0]).toContain(
      'bellows.dev/command has no meaning on a Deployment. Move it to the pod template.',
    );
  });

  test("leaves others' annotations alone", () => {
    expect(problemsOf(onPod('prometheus.io/port: "1", mybellows.dev/x: z'))).toEqual([]);
    const service = serviceText().replace('name: shop', 'name: shop\n  annotations: { a: b }');
    expect(problemsOf(service)).toEqual([]);
  });
});

describe('podWorkingDirectory', () => {
  const read = (text: string) =>
    podWorkingDirectory(parseManifests([{ file: '-', text }]).objects[0] as Deployment);

  test('is that of the pod template, else of the Deployment, else undefined', () => {
    const annotation = "bellows.dev/working-directory: ' .. '";
    expect(read(onPod(annotation))).toBe('..');
    expect(read(onDeployment(annotation))).toBe('..');
    expect(read(deploymentText())).toBeUndefined();
  });
});
