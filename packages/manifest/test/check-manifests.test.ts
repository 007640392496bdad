import { describe, expect, test } from 'vitest';
import { checkManifests } from '../src/check-manifests.ts';
import { ManifestError } from '../src/index.ts';
import { deploymentText, hpaText, serviceText } from './fixtures/manifest-texts.ts';

function messageOf(...texts: string[]): string {
  try {
    checkManifests([{ file: 'a.yaml', text: texts.join('---\n') }]);
    return '';
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    return error.message;
  }
}

/** The problems of the texts, each without its remedy and place. */
function fieldsOf(...texts: string[]): readonly string[] {
  return messageOf(...texts)
    .split('\n')
    .slice(1)
    .map((line) => /a\.yaml:\d+:\d+:? ?(.*?)(?:\.(?: |$)|$)/.exec(line)?.[1] ?? line);
}

const REQUEST = 'resources: { requests: { cpu: 100m } }';
const HPA = hpaText();
const SERVICE = serviceText('selector: { app: shop }\nports: [{ port: 80, targetPort: http }]');
const SETTINGS = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: {}\n';
const FROM_SETTINGS = `${REQUEST}\nenv: [{ name: A, valueFrom: { configMapKeyRef: { name: settings, key: LEVEL } } }]`;

describe('checkManifests', () => {
  test('tells problems of fields and between objects at once, in their order', () => {
    const message = messageOf(
      HPA.replace('name: shop }', 'name: shpo }'),
      deploymentText('ports: [{ name: http, containerPort: "80" }]', 'replcas: 2'),
      serviceText('selector: { app: shopp }\nports: [{ port: 80 }]'),
      deploymentText('ports: [{ name: http, containerPort: 80 }]', 'replicas: two')
        .replace('name: shop\n', 'name: api\n')
        .replaceAll('app: shop', 'app: api'),
      serviceText('selector: { app: api }\nports: [{ port: 80, targetPort: htpp }]').replace(
        'name: shop\n',
        'name: api\n',
      ),
    );
    expect(message).toBe(`6 problems in the manifests:
  a.yaml:6:66 spec.scaleTargetRef.name: no Deployment "shpo" in namespace default. Did you mean "shop"? Deployments in namespace default: shop, api.
  a.yaml:16:3 spec.replcas: unknown field "replcas". Did you mean "replicas"?
  a.yaml:24:48 spec.template.spec.containers[0].ports[0].containerPort: Expected a whole number, got the string "80". Remove the quotes.
  a.yaml:31:3 spec.selector: the selector {"app":"shopp"} matches the pods of no Deployment in namespace default. Labels of pods there: Deployment shop {"app":"shop"}; Deployment api {"app":"api"}.
  a.yaml:41:13 spec.replicas: Expected a whole number, got a string.
  a.yaml:57:35 spec.ports[0].targetPort: no container of Deployment api has a port named "htpp". Did you mean "http"? Named ports: http.`);
  });

  test('reads what has no problem, with the warnings of both kinds', () => {
    const { objects, warnings } = checkManifests([
      { file: 'a.yaml', text: [deploymentText(REQUEST, 'replicas: 1'), HPA].join('---\n') },
    ]);
    expect(objects.map(({ kind }) => kind)).toEqual(['Deployment', 'HorizontalPodAutoscaler']);
    expect(warnings.map(({ type }) => type)).toEqual(['ignored-field', 'reference']);
  });

  describe('says nothing false of', () => {
    const named = deploymentText(`${REQUEST}\nports: [{ name: http, containerPort: 80 }]`);
    test.each([
      ['a target with a problem', named.replace('spec:', 'spec:\n  replicas: x')],
      ['a target without a name', named.replace('name: shop', 'nmae: shop')],
      ['a target with an invalid name', named.replace('name: shop', 'name: shop_1')],
      ['a target of a misspelt kind', named.replace('kind: Deployment', 'kind: Deploymnet')],
      ['a target of a removed version', named.replace('apps/v1', 'apps/v1beta1')],
      [
        'a target in a misspelt namespace',
        named.replace('name: shop', 'name: shop\n  namespce: a'),
      ],
      ['a target that is not YAML', named.replace('  selector:', '   selector:')],
      ['a target with a key twice', named.replace('name: shop', 'name: api\n  name: web')],
      ['labels that could not be read', named.replaceAll('{ app: shop }', '{ app: 1 }')],
      ['labels in a misspelt field', named.replace('labels: { app', 'lables: { app')],
      [
        'labels that the selector does not match',
        named.replace('labels: { app: shop', 'labels: { app: sho'),
      ],
      ['names of ports that could not be read', named.replace('name: http', 'nam: http')],
      ['requests in a misspelt field', named.replace('requests:', 'request:')],
      ['resources in a misspelt field', named.replace('resources:', 'resource:')],
    ])('%s', (_name, deployment) => {
      const own = fieldsOf(deployment);
      expect(own).not.toEqual([]);
      expect(fieldsOf(HPA, SERVICE, deployment)).toEqual(own);
    });

    test.each([
      ['a key that could not be read', SETTINGS.replace('{}', '{ LEVEL: 1 }')],
      ['keys in a misspelt field', SETTINGS.replace('data', 'date')],
      ['a source without a name', SETTINGS.replace('{ name: settings }', '{}')],
    ])('%s', (_name, settings) => {
      const own = fieldsOf(settings);
      expect(own).not.toEqual([]);
      expect(fieldsOf(deploymentText(FROM_SETTINGS), settings)).toEqual(own);
    });

    test.each([
      ['a reference that has a problem', HPA.replace('name: shop }', 'name: 1 }')],
      ['a reference in a misspelt field', HPA.replace('scaleTargetRef', 'scaleTargetRf')],
      ['metrics in a misspelt field', hpaText('maxReplicas: 5\nmetrcs: []')],
      ['the second of two with one name', `${HPA}---\n${HPA}`],
      ['a selector that has a problem', SERVICE.replace('app: shop', 'app: 1')],
    ])('%s', (name, text) => {
      const deployment = deploymentText('ports: [{ name: http, containerPort: 80 }]');
      const said = fieldsOf(text, name.startsWith('the second') ? named : deployment);
      expect(said.length).toBeGreaterThan(0);
      expect(said.join('\n')).not.toMatch(/no Deployment|matches|as well|requests none|has a port/);
    });
  });

  test('still compares what was read with what was read next to a text that is not YAML', () => {
    const deployment = deploymentText('ports: [{ name: htp, containerPort: 80 }]');
    const other = deploymentText().replace('  selector:', '   selector:');
    expect(fieldsOf(SERVICE, deployment, other)).toEqual([
      'spec.ports[0].targetPort: no container of Deployment shop has a port named "http"',
      expect.stringContaining('Not YAML'),
    ]);
  });

  test('misses no reference to another name next to an object that could not be read', () => {
    const unread = deploymentText(REQUEST).replace('kind: Deployment', 'kind: Deploymnet');
    expect(fieldsOf(HPA.replace('name: shop }', 'name: other }'), unread)).toEqual([
      'spec.scaleTargetRef.name: no Deployment "other" in namespace default',
      'kind: no matches for kind "Deploymnet" in version "apps/v1"',
    ]);
  });
});
