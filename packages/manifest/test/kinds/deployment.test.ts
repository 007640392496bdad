import { describe, expect, test } from 'vitest';
import { parseManifests, type Deployment } from '../../src/index.ts';
import { deploymentText } from '../fixtures/manifest-texts.ts';
import { problemsOf, warningsOf } from '../fixtures/problems-of.ts';

function read(text: string): Deployment {
  return parseManifests([{ file: '-', text }]).objects[0] as Deployment;
}

describe('deploymentKind', () => {
  test('fills in the defaults of apps/v1 and core/v1', () => {
    const text = deploymentText('ports: [{ containerPort: 80 }]');
    expect(read(text)).toEqual({
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      metadata: { name: 'shop', namespace: 'default', labels: {}, annotations: {} },
      source: { file: '-', line: 1 },
      spec: {
        replicas: 1,
        minReadySeconds: 0,
        selector: { matchLabels: { app: 'shop' } },
        template: {
          metadata: { labels: { app: 'shop' }, annotations: {} },
          spec: {
            containers: [
              {
                name: 'shop',
                image: 'shop:1',
                env: [],
                envFrom: [],
                ports: [{ containerPort: 80, protocol: 'TCP' }],
                resources: { requests: {}, limits: {} },
                lifecycle: {},
              },
            ],
            terminationGracePeriodSeconds: 30,
            restartPolicy: 'Always',
          },
        },
      },
    });
  });

  test.each([0, 7])('keeps replicas: %i', (replicas) => {
    expect(read(deploymentText('', `replicas: ${replicas}`)).spec.replicas).toBe(replicas);
  });

  test.each([
    [
      'a negative number of replicas',
      'replicas: -1',
      ['8:13 spec.replicas: Invalid value: -1: must be greater than or equal to 0.'],
    ],
    [
      'replicas in quotes',
      'replicas: "3"',
      ['8:13 spec.replicas: Expected a whole number, got the string "3". Remove the quotes.'],
    ],
    [
      'half a replica',
      'replicas: 1.5',
      ['8:13 spec.replicas: Expected a whole number, got the number 1.5.'],
    ],
    [
      'more replicas than 32 bits hold',
      'replicas: 3000000000',
      [
        '8:13 spec.replicas: Expected a whole number from -2147483648 to 2147483647, got 3000000000.',
      ],
    ],
    [
      'a misspelt field',
      'replcas: 1',
      ['8:3 spec.replcas: unknown field "replcas". Did you mean "replicas"?'],
    ],
    [
      'a field of another kind',
      'scaleTargetRef: {}',
      [
        '8:3 spec.scaleTargetRef: unknown field "scaleTargetRef". Known here: minReadySeconds, paused, progressDeadlineSeconds, replicas, revisionHistoryLimit, selector, strategy, template.',
      ],
    ],
  ])('refuses %s', (_name, spec, problems) => {
    expect(problemsOf(deploymentText('', spec))).toEqual(problems);
  });

  test('refuses a selector that its own pods do not match, and says which labels are missing', () => {
    const text = deploymentText().replace('labels: { app: shop }', 'labels: { app: shopp }');
    expect(problemsOf(text)).toEqual([
      '10:7 spec.template.metadata.labels: Invalid value: {"app":"shopp"}: `selector` does not match template `labels`. Add the labels of spec.selector to the pod template: {"app":"shop"}.',
    ]);
  });

  test.each([
    ['no selector', 'selector:\n    matchLabels: { app: shop }\n', ''],
    ['an empty one', 'matchLabels: { app: shop }', 'matchLabels: {}'],
  ])('refuses %s', (_name, from, to) => {
    const text = deploymentText().replace(from, to);
    expect(problemsOf(text).join('\n')).toContain(
      'spec.selector: Required value: empty selector is invalid for deployment. Give it matchLabels that the pod template has too.',
    );
  });

  test.each([
    [
      '{ key: app, operator: In }',
      "values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
    ],
    [
      '{ key: app, operator: Exists, values: [a] }',
      "values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
    ],
    [
      '{ key: app, operator: in, values: [shop] }',
      'operator: Unsupported value: "in": supported values: "DoesNotExist", "Exists", "In", "NotIn". Did you mean "In"?',
    ],
  ])('refuses the requirement %s', (requirement, problem) => {
    const text = deploymentText().replace(
      'matchLabels: { app: shop }',
      `matchExpressions: [${requirement}]`,
    );
    expect(problemsOf(text).join('\n')).toContain(`spec.selector.matchExpressions[0].${problem}`);
  });

  test('refuses generateName, which apply refuses as well', () => {
    const text = deploymentText().replace('name: shop\n', 'generateName: shop-\n');
    expect(problemsOf(text)).toEqual([
      '3:1 metadata.name: Required value.',
      '4:17 metadata.generateName: Bellows does not support generateName. Give the object a name: `kubectl apply` refuses generateName as well.',
    ]);
  });

  test.each(['Shop', 'shop_1', '-shop', 'a'.repeat(254)])('refuses the name %s', (name) => {
    const text = deploymentText().replace('name: shop\n', `name: "${name}"\n`);
    expect(problemsOf(text).join('\n')).toMatch(/^4:9 metadata\.name: Invalid value: "/);
  });

  test('takes what kubectl prints of a stored object', () => {
    const stored = `name: shop
  uid: 3a3a
  resourceVersion: "17"
  creationTimestamp: null
  managedFields: []
`;
    const text = `${deploymentText().replace('name: shop\n', stored)}status: {}\n`;
    expect(problemsOf(text)).toEqual([]);
    expect(warningsOf(text).map((line) => line.split(' is ')[0])).toEqual([
      'Deployment metadata.uid',
      'Deployment metadata.resourceVersion',
    ]);
  });
});
