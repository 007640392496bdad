import { describe, expect, test } from 'vitest';
import { deploymentText } from '../fixtures/manifest-texts.ts';
import { problemsOf, warningsOf } from '../fixtures/problems-of.ts';

/** A Deployment with the given lines in its pod's spec. */
function podText(spec: string): string {
  return deploymentText().replace('      containers:', `      ${spec}\n      containers:`);
}

describe('podTemplateShape', () => {
  test.each([
    [
      'restartPolicy: Never',
      'restartPolicy: Unsupported value: "Never": supported values: "Always". Remove the field: pods of a Deployment are always restarted.',
    ],
    [
      'restartPolicy: always',
      'restartPolicy: Unsupported value: "always": supported values: "Always", "Never", "OnFailure". Did you mean "Always"?',
    ],
    [
      'terminationGracePeriodSeconds: -1',
      'terminationGracePeriodSeconds: Invalid value: -1: must be greater than or equal to 0.',
    ],
    [
      'terminationGracePeriodSeconds: 30s',
      'terminationGracePeriodSeconds: Expected a whole number, got a string.',
    ],
    [
      'terminationGraceperiod: 1',
      'terminationGraceperiod: unknown field "terminationGraceperiod". Did you mean "terminationGracePeriodSeconds"?',
    ],
  ])('refuses %s', (spec, problem) => {
    expect(problemsOf(podText(spec)).map((line) => line.replace(/^\d+:\d+ /, ''))).toEqual([
      `spec.template.spec.${problem}`,
    ]);
  });

  test('refuses a pod without containers, and two containers of one name', () => {
    const none = deploymentText().replace(/containers:[^]*/, 'containers: []\n');
    expect(problemsOf(none)).toEqual(['12:7 spec.template.spec.containers: Required value.']);
    const two = `${deploymentText()}        - name: shop\n          image: b\n`;
    expect(problemsOf(two)).toEqual([
      '15:17 spec.template.spec.containers[1].name: Duplicate value: "shop".',
    ]);
  });

  test('says what follows from init containers that are not run', () => {
    expect(warningsOf(podText('initContainers: [{ name: migrate, image: a }]'))).toEqual([
      'Deployment spec.template.spec.initContainers is not acted on. Init containers are not run: the containers start without what those would have prepared, and sidecars among them do not run at all. (shop.yaml:12:7)',
    ]);
  });
});
