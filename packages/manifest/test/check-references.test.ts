import { describe, expect, test } from 'vitest';
import {
  checkReferences,
  formatProblem,
  formatWarning,
  generateManifests,
  parseManifests,
} from '../src/index.ts';
import { deploymentText, hpaText, serviceText } from './fixtures/manifest-texts.ts';

const REQUEST = 'resources: { requests: { cpu: 100m } }';

function check(...texts: string[]): { problems: string[]; warnings: string[] } {
  const set = parseManifests([{ file: 'a.yaml', text: texts.join('---\n') }]);
  const { problems, warnings } = checkReferences(set);
  return {
    problems: problems.map((problem) => formatProblem(problem).replace('a.yaml:', '')),
    warnings: warnings.map((warning) => formatWarning(warning).replace('a.yaml:', '')),
  };
}

function onlyProblem(...texts: string[]): string {
  const { problems } = check(...texts);
  expect(problems).toHaveLength(1);
  return problems[0]!;
}

function onlyWarning(...texts: string[]): string {
  const { problems, warnings } = check(...texts);
  expect(problems).toEqual([]);
  expect(warnings).toHaveLength(1);
  return warnings[0]!;
}

describe('checkReferences', () => {
  describe('of an HPA', () => {
    test('finds nothing wrong where the target has the request', () => {
      expect(check(deploymentText(REQUEST), hpaText())).toEqual({ problems: [], warnings: [] });
    });

    test('refuses a target that does not exist and names the nearest', () => {
      const hpa = hpaText().replace('name: shop }', 'name: shpo }');
      expect(onlyProblem(hpa, deploymentText(REQUEST))).toBe(
        '6:66 spec.scaleTargetRef.name: no Deployment "shpo" in namespace default. Did you mean "shop"? Deployments in namespace default: shop.',
      );
    });

    test('refuses a target where there is no Deployment at all', () => {
      expect(onlyProblem(hpaText())).toBe(
        '6:66 spec.scaleTargetRef.name: no Deployment "shop" in namespace default. There is no Deployment in namespace default: add its manifest.',
      );
    });

    test('refuses a target of another namespace', () => {
      const deployment = deploymentText(REQUEST).replace(
        'name: shop\n',
        'name: shop\n  namespace: b\n',
      );
      expect(onlyProblem(hpaText(), deployment)).toContain(
        'no Deployment "shop" in namespace default',
      );
    });

    test('refuses a target of the wrong kind', () => {
      const hpa = hpaText().replace('kind: Deployment', 'kind: StatefulSet');
      expect(onlyProblem(hpa, deploymentText(REQUEST))).toBe(
        '6:48 spec.scaleTargetRef.kind: no StatefulSet "shop" in namespace default. Did you mean "Deployment"?',
      );
    });

    test('warns of a target of a kind that is not acted on', () => {
      const hpa = hpaText().replace('kind: Deployment', 'kind: StatefulSet');
      const other = 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: shop }\n';
      expect(onlyWarning(hpa, other)).toBe(
        'HorizontalPodAutoscaler shop: its target StatefulSet shop is not acted on. Make it a Deployment to see it scale here. (6:3)',
      );
    });

    test('refuses a second HPA on one target', () => {
      const second = hpaText().replace('name: shop\n', 'name: again\n');
      expect(onlyProblem(deploymentText(REQUEST), hpaText(), second)).toContain(
        'spec.scaleTargetRef: HorizontalPodAutoscaler shop scales Deployment shop as well; with two, neither scales it (AmbiguousSelector). Put the metrics of both into one HPA.',
      );
    });

    test('refuses a utilization without requests where it is the only metric', () => {
      expect(onlyProblem(deploymentText(), hpaText())).toBe(
        '20:1 spec.metrics[0].resource: a utilization of cpu is a percentage of the request, and Deployment shop requests none for shop. Add resources.requests.cpu to shop of Deployment shop.',
      );
    });

    test('warns of a utilization without requests where another metric can decide', () => {
      const metrics = `maxReplicas: 3
metrics:
  - type: Resource
    resource: { name: cpu, target: { type: Utilization, averageUtilization: 50 } }
  - type: Pods
    pods: { metric: { name: a }, target: { type: AverageValue, averageValue: 1 } }`;
      expect(onlyWarning(deploymentText(), hpaText(metrics))).toContain(
        'HorizontalPodAutoscaler shop: a utilization of cpu is a percentage of the request',
      );
    });

    test('refuses a container that the target does not have', () => {
      const metrics = `maxReplicas: 3
metrics:
  - type: ContainerResource
    containerResource: { name: cpu, container: shopp, target: { type: AverageValue, averageValue: 1 } }`;
      expect(onlyProblem(deploymentText(), hpaText(metrics))).toContain(
        'spec.metrics[0].containerResource.container: Deployment shop has no container "shopp". Did you mean "shop"? Containers: shop.',
      );
    });

    test('warns of replicas, also of the default 1, that stand next to it', () => {
      expect(onlyWarning(deploymentText(REQUEST, 'replicas: 1'), hpaText())).toBe(
        'Deployment shop: replicas is 1 while HorizontalPodAutoscaler shop scales it: on a cluster, each apply resets what the HPA decided. Remove spec.replicas. (8:13)',
      );
    });
  });

  describe('of a Service', () => {
    const named = deploymentText('ports: [{ name: http, containerPort: 80 }]');

    test('refuses a selector that matches nothing and shows the labels there are', () => {
      const service = serviceText('selector: { app: shopp }\nports: [{ port: 80 }]');
      expect(onlyProblem(service, deploymentText())).toBe(
        '6:3 spec.selector: the selector {"app":"shopp"} matches the pods of no Deployment in namespace default. Labels of pods there: Deployment shop {"app":"shop"}.',
      );
    });

    test('leaves a Service alone that has no selector or selects pods of another kind', () => {
      const ofPods = serviceText('selector: { app: db }\nports: [{ port: 80 }]');
      const pods = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec: { template: { metadata: { labels: { app: db } } } }
`;
      expect(check(serviceText(), deploymentText())).toEqual({ problems: [], warnings: [] });
      expect(check(ofPods, pods)).toEqual({ problems: [], warnings: [] });
    });

    test('refuses a target port that no container names', () => {
      const service = serviceText(
        'selector: { app: shop }\nports: [{ port: 80, targetPort: htpp }]',
      );
      expect(onlyProblem(service, named)).toBe(
        '7:35 spec.ports[0].targetPort: no container of Deployment shop has a port named "htpp". Did you mean "http"? Named ports: http.',
      );
    });
  });

  describe('of a PodDisruptionBudget', () => {
    const budget = (spec: string) =>
      `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: shop }\nspec: { maxUnavailable: 1${spec} }\n`;

    test('warns of a selector that matches nothing, and of none', () => {
      expect(
        onlyWarning(budget(', selector: { matchLabels: { a: b } }'), deploymentText()),
      ).toContain(
        'PodDisruptionBudget shop: its selector matches the pods of no Deployment in namespace default.',
      );
      expect(onlyWarning(budget(''), deploymentText())).toContain(
        'without a selector it protects no pod.',
      );
    });

    test('takes an empty selector, which selects everything', () => {
      expect(check(budget(', selector: {}'), deploymentText()).warnings).toEqual([]);
    });
  });

  describe('of a container', () => {
    const config =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { LEVEL: info }\n';
    const variable = (ref: string) => deploymentText(`env: [{ name: A, valueFrom: { ${ref} } }]`);

    test.each([
      [
        'configMapKeyRef: { name: setings, key: LEVEL }',
        'env[0].valueFrom.configMapKeyRef.name: no ConfigMap "setings" in namespace default. Did you mean "settings"? Add the ConfigMap, or set optional: true.',
      ],
      [
        'configMapKeyRef: { name: settings, key: LEVLE }',
        'env[0].valueFrom.configMapKeyRef.key: ConfigMap settings has no key "LEVLE". Did you mean "LEVEL"? Keys: LEVEL.',
      ],
      [
        'secretKeyRef: { name: settings, key: LEVEL }',
        'env[0].valueFrom.secretKeyRef.name: no Secret "settings" in namespace default. Add the Secret, or set optional: true.',
      ],
    ])('refuses a variable from { %s }', (ref, problem) => {
      expect(onlyProblem(variable(ref), config)).toContain(
        `spec.template.spec.containers[0].${problem}`,
      );
    });

    test('takes what is optional or there', () => {
      const refs = [
        'configMapKeyRef: { name: settings, key: LEVEL }',
        'configMapKeyRef: { name: settings, key: OTHER, optional: true }',
        'secretKeyRef: { name: none, key: a, optional: true }',
      ];
      for (const ref of refs) expect(check(variable(ref), config).problems).toEqual([]);
    });

    test('refuses envFrom of what does not exist', () => {
      const text = deploymentText(
        'envFrom: [{ secretRef: { name: keys } }, { configMapRef: { name: a, optional: true } }]',
      );
      expect(onlyProblem(text)).toContain(
        'envFrom[0].secretRef.name: no Secret "keys" in namespace default.',
      );
    });

    test.each([
      ['readinessProbe: { httpGet: { port: admin } }', 'readinessProbe.httpGet.port'],
      ['livenessProbe: { tcpSocket: { port: admin } }', 'livenessProbe.tcpSocket.port'],
      ['lifecycle: { preStop: { httpGet: { port: admin } } }', 'lifecycle.preStop.httpGet.port'],
    ])('refuses %s where no port has the name', (action, field) => {
      const text = deploymentText(`ports: [{ name: admn, containerPort: 1 }]\n${action}`);
      expect(onlyProblem(text)).toContain(
        `${field}: container shop has no port named "admin". Did you mean "admn"? Ports: admn.`,
      );
    });
  });

  test('warns of two Deployments that select the same pods', () => {
    const other = deploymentText().replace('name: shop\n', 'name: other\n');
    expect(onlyWarning(deploymentText(), other)).toContain(
      'Deployment other: its selector and that of Deployment shop match the same pods: an HPA of one counts the pods of both.',
    );
  });

  test('looks at objects alone as well, placed at their first line', () => {
    const { objects } = parseManifests([{ file: 'a.yaml', text: hpaText() }]);
    expect(checkReferences({ objects }).problems[0]?.place).toEqual({
      file: 'a.yaml',
      line: 1,
      field: 'spec.scaleTargetRef.name',
    });
  });

  test('finds nothing wrong in what is generated', () => {
    const generated = generateManifests({ name: 'shop', command: ['node', 'server.js'] });
    expect(checkReferences(generated)).toEqual({ problems: [], warnings: [] });
  });
});
