import { describe, expect, test } from 'vitest';
import { parseManifests, type Container, type Deployment } from '../../src/index.ts';
import { deploymentText } from '../fixtures/manifest-texts.ts';
import { problemsOf, warningsOf } from '../fixtures/problems-of.ts';

const FIELD = 'spec.template.spec.containers[0]';

/** Problems without line and column, the field seen from the container. */
function problems(container: string): readonly string[] {
  return problemsOf(deploymentText(container)).map((line) =>
    line.replace(/^\d+:\d+ /, '').replace(`${FIELD}.`, ''),
  );
}

function read(container: string): Container {
  const { objects } = parseManifests([{ file: '-', text: deploymentText(container) }]);
  return (objects[0] as Deployment).spec.template.spec.containers[0]!;
}

describe('containerShape', () => {
  test('reads requests from limits where there is no request', () => {
    const { resources } = read(
      'resources: { requests: { cpu: 0.1 }, limits: { cpu: 1, memory: 1Gi } }',
    );
    expect(resources).toEqual({
      requests: { cpu: '0.1', memory: '1Gi' },
      limits: { cpu: '1', memory: '1Gi' },
    });
  });

  test.each([
    ['name: []', ['name: Expected a string, got a list.']],
    ['command: node server.js', ['command: Expected a list, got a string.']],
    ['command: [node, 1]', ['command[1]: Expected a string, got the number 1. Quote it: "1".']],
    ['args:\n  - a\n  -', ['args[1]: Expected a string, got nothing. Remove the empty item.']],
    ['env: { PORT: "1" }', ['env: Expected a list, got a map. Begin each item with "- ".']],
    [
      'imagePullpolicy: Always',
      ['imagePullpolicy: unknown field "imagePullpolicy". Did you mean "imagePullPolicy"?'],
    ],
    [
      'readinesProbe: {}',
      ['readinesProbe: unknown field "readinesProbe". Did you mean "readinessProbe"?'],
    ],
  ])('explains %s', (container, expected) => {
    expect(problems(container.replace('name: []', 'workingDir: []'))).toEqual(
      expected.map((line) => line.replace(/^name:/, 'workingDir:')),
    );
  });

  describe('ports', () => {
    test.each([
      ['{ containerPort: 0 }', 'ports[0].containerPort: Required value.'],
      ['{}', 'ports[0].containerPort: Required value.'],
      [
        '{ containerPort: 65536 }',
        'ports[0].containerPort: Invalid value: 65536: must be between 1 and 65535, inclusive.',
      ],
      [
        '{ containerPort: "80" }',
        'ports[0].containerPort: Expected a whole number, got the string "80". Remove the quotes.',
      ],
      [
        '{ containerPort: 80, name: 8080 }',
        'ports[0].name: Expected a string, got the number 8080. Quote it: "8080".',
      ],
      [
        '{ containerPort: 80, name: "8080" }',
        'ports[0].name: Invalid value: "8080": must contain at least one letter (a-z).',
      ],
      [
        '{ containerPort: 80, name: http-and-much-more }',
        'ports[0].name: Invalid value: "http-and-much-more": must be no more than 15 characters.',
      ],
      [
        '{ containerPort: 80, protocol: HTTP }',
        'ports[0].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP".',
      ],
      [
        '{ containerPort: 80, name: a }, { containerPort: 81, name: a }',
        'ports[1].name: Duplicate value: "a".',
      ],
    ])('refuses %s', (ports, problem) => {
      expect(problems(`ports: [${ports}]`)).toEqual([problem]);
    });

    test('reads a number with a leading zero as octal, as Kubernetes does, and says so', () => {
      const container = 'ports: [{ containerPort: 010 }]';
      expect(read(container).ports[0]?.containerPort).toBe(8);
      expect(warningsOf(deploymentText(container))).toEqual([
        `${FIELD}.ports[0].containerPort: 010 begins with 0, so Kubernetes reads it as octal: 8. Write 8. (shop.yaml:15:36)`,
      ]);
    });
  });

  describe('env', () => {
    test.each([
      ['{ value: a }', 'env[0].name: Required value.'],
      [
        '{ name: A=B }',
        'env[0].name: Invalid value: "A=B": a valid environment variable name must consist only of printable ASCII characters other than \'=\'.',
      ],
      [
        '{ name: A, value: 8080 }',
        'env[0].value: Expected a string, got the number 8080. Quote it: "8080".',
      ],
      [
        '{ name: A, value: true }',
        'env[0].value: Expected a string, got the boolean true. Quote it: "true".',
      ],
      [
        '{ name: A, value: no }',
        'env[0].value: Expected a string, got the boolean no. Quote it: "no". Unquoted, Kubernetes reads no as false.',
      ],
      [
        '{ name: A, valueFrom: {} }',
        'env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`.',
      ],
      [
        '{ name: A, value: a, valueFrom: { fieldRef: { fieldPath: metadata.name } } }',
        'env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty.',
      ],
      [
        '{ name: A, valueFrom: { configMapKeyRef: { name: a } } }',
        'env[0].valueFrom.configMapKeyRef.key: Required value.',
      ],
      [
        '{ name: A, valueFrom: { secretKeyRef: { key: a } } }',
        'env[0].valueFrom.secretKeyRef.name: Required value.',
      ],
      [
        '{ name: A, valueFrom: { fieldRef: { fieldPath: "metadata.labels[app]" } } }',
        'env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "metadata.labels[app]": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs".',
      ],
      [
        '{ name: A, valueFrom: { resourceFieldRef: { resource: limit.cpu } } }',
        'env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "limit.cpu": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory". Did you mean "limits.cpu"?',
      ],
      [
        '{ name: A, valueFrom: { fileKeyRef: { path: a } } }',
        'env[0].valueFrom.fileKeyRef: Bellows does not support fileKeyRef. Give the value itself, or take it from a ConfigMap or Secret.',
      ],
    ])('refuses %s', (variable, problem) => {
      expect(problems(`env: [${variable}]`)[0]).toBe(problem);
    });

    test('takes labels and annotations of the pod by their key', () => {
      expect(
        problems(
          'env: [{ name: A, valueFrom: { fieldRef: { fieldPath: "metadata.labels[\'app.kubernetes.io/name\']" } } }]',
        ),
      ).toEqual([]);
    });

    test.each([
      ['{}', 'envFrom[0]: Invalid value: "": must specify one of: `configMapRef` or `secretRef`.'],
      [
        '{ configMapRef: { name: a }, secretRef: { name: a } }',
        'envFrom[0]: Invalid value: "": may not have more than one field specified at a time.',
      ],
      [
        '{ configMapRef: { name: A } }',
        'envFrom[0].configMapRef.name: Invalid value: "A": a lowercase RFC 1123 subdomain must consist',
      ],
    ])('refuses envFrom: [%s]', (source, problem) => {
      expect(problems(`envFrom: [${source}]`)[0]).toContain(problem);
    });
  });

  describe('resources', () => {
    test.each([
      [
        'requests: { cpu: 2 }, limits: { cpu: 1 }',
        'requests[cpu]: Invalid value: "2": must be less than or equal to cpu limit of 1.',
      ],
      [
        'requests: { cpu: -1 }',
        'requests[cpu]: Invalid value: "-1": must be greater than or equal to 0.',
      ],
      [
        'limits: { memory: 128MB }',
        'limits[memory]: Invalid value: "128MB": must be a quantity. Did you mean "128M"?',
      ],
      [
        'limits: { memory: 128mib }',
        'limits[memory]: Invalid value: "128mib": must be a quantity. Did you mean "128Mi"?',
      ],
      [
        'limits: { cpu: "0,5" }',
        'limits[cpu]: Invalid value: "0,5": must be a quantity. Did you mean "0.5"?',
      ],
      [
        'limits: { cpu: lots }',
        'limits[cpu]: Invalid value: "lots": must be a quantity. Write an amount such as 500m or 2 of CPU, 128Mi or 1Gi of memory.',
      ],
      [
        'limits: { cup: 1 }',
        'limits[cup]: Invalid value: "cup": must be a standard resource for containers. Did you mean "cpu"?',
      ],
      [
        'requests: { nvidia.com/gpu: 1 }',
        'limits: Required value: Limit must be set for non overcommitable resources.',
      ],
      ['limit: { cpu: 1 }', 'limit: unknown field "limit". Did you mean "limits"?'],
    ])('refuses { %s }', (resources, problem) => {
      expect(problems(`resources: { ${resources} }`)).toEqual([`resources.${problem}`]);
    });

    test('says that m of memory are thousandths of a byte', () => {
      expect(warningsOf(deploymentText('resources: { limits: { memory: 128m } }'))).toEqual([
        `${FIELD}.resources.limits[memory]: 128m is a fraction of a byte; the suffix m means thousandths. Write bytes, or an amount such as 128Mi. (shop.yaml:15:42)`,
      ]);
    });
  });

  test('runs without an image, and says that a cluster would not', () => {
    const text = deploymentText().replace('          image: shop:1\n', '');
    expect(warningsOf(text)).toEqual([
      `${FIELD}.image is missing: Bellows runs the command without an image, but a cluster refuses the container. Set the image before you apply this to a cluster. (shop.yaml:13:11)`,
    ]);
  });
});
