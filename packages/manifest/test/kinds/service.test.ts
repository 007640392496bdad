import { describe, expect, test } from 'vitest';
import { parseManifests, type Service } from '../../src/index.ts';
import { serviceText } from '../fixtures/manifest-texts.ts';
import { problemsOf, warningsOf } from '../fixtures/problems-of.ts';

function read(spec: string): Service['spec'] {
  return (parseManifests([{ file: '-', text: serviceText(spec) }]).objects[0] as Service).spec;
}

describe('serviceKind', () => {
  test('fills in type, protocol and targetPort', () => {
    expect(read('selector: { app: shop }\nports: [{ port: 80 }]')).toEqual({
      type: 'ClusterIP',
      selector: { app: 'shop' },
      publishNotReadyAddresses: false,
      ports: [{ name: '', port: 80, targetPort: 80, protocol: 'TCP' }],
    });
  });

  test.each(['0', '""', '80'])('reads targetPort: %s as the port', (targetPort) => {
    expect(read(`ports: [{ port: 80, targetPort: ${targetPort} }]`).ports[0]?.targetPort).toBe(80);
  });

  test('keeps the name of a target port and clusterIP: None', () => {
    expect(read('clusterIP: None\nports: [{ port: 80, targetPort: http }]')).toMatchObject({
      clusterIP: 'None',
      ports: [{ targetPort: 'http' }],
    });
  });

  test.each([
    ['no port', 'selector: { app: shop }', ['5:1 spec.ports: Required value.']],
    [
      'port 0',
      'ports: [{ port: 0 }]',
      ['6:19 spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive.'],
    ],
    [
      'several ports without names',
      'ports: [{ port: 1 }, { port: 2, name: b }]',
      ['6:11 spec.ports[0].name: Required value: each of several ports needs a name.'],
    ],
    [
      'two ports of one name',
      'ports: [{ port: 1, name: a }, { port: 2, name: a }]',
      ['6:50 spec.ports[1].name: Duplicate value: "a".'],
    ],
    [
      'two ports of one number',
      'ports: [{ port: 1, name: a }, { port: 1, name: b }]',
      ['6:33 spec.ports[1]: Duplicate value: {"protocol":"TCP","port":1}.'],
    ],
    [
      'a target port in quotes',
      'ports: [{ port: 80, targetPort: "3000" }]',
      [
        '6:35 spec.ports[0].targetPort: Invalid value: "3000": must contain at least one letter (a-z). A number in quotes is the name of a port: remove the quotes.',
      ],
    ],
    [
      'an unknown type',
      'type: Loadbalancer\nports: [{ port: 1 }]',
      [
        '6:9 spec.type: Unsupported value: "Loadbalancer": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort". Did you mean "LoadBalancer"?',
      ],
    ],
    [
      'a headless LoadBalancer',
      'type: LoadBalancer\nclusterIP: None\nports: [{ port: 1 }]',
      [
        '7:14 spec.clusterIP: Invalid value: "None": may not be set to \'None\' for LoadBalancer services.',
      ],
    ],
    [
      'an ExternalName without a name',
      'type: ExternalName',
      ['5:1 spec.externalName: Required value.'],
    ],
    [
      'a LabelSelector as selector',
      'selector: { matchLabels: { app: shop } }\nports: [{ port: 1 }]',
      ['6:15 spec.selector[matchLabels]: Expected a string, got a map.'],
    ],
  ])('refuses %s', (_name, spec, problems) => {
    expect(problemsOf(serviceText(spec))).toEqual(problems);
  });

  test('takes a headless Service without ports', () => {
    expect(problemsOf(serviceText('clusterIP: None'))).toEqual([]);
  });

  test('says that names are not served and affinity is not kept', () => {
    expect(warningsOf(serviceText('type: ExternalName\nexternalName: example.com.'))).toEqual([
      'Service spec.externalName is not acted on. Names are not served. (shop.yaml:7:17)',
    ]);
    expect(warningsOf(serviceText('sessionAffinity: ClientIP\nports: [{ port: 1 }]'))).toEqual([
      'Service spec.sessionAffinity is not acted on. Each new connection goes to a random ready endpoint. (shop.yaml:6:20)',
    ]);
  });
});
