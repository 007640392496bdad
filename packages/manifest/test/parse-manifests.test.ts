import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BellowsError } from '@bellows/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { checkManifests } from '../src/check-manifests.ts';
import { formatWarning, MANIFEST_LIMITS, ManifestError, parseManifests } from '../src/index.ts';
import { deploymentText, hpaText, serviceText } from './fixtures/manifest-texts.ts';
import { problemsOf, warningsOf } from './fixtures/problems-of.ts';

const SHOP = join(import.meta.dirname, 'fixtures', 'shop');
const SHOP_TEXTS = ['10-config.yaml', '20-deployment.yml', '30-rest.json', '40-hpa.yaml'].map(
  (file) => readFileSync(join(SHOP, file), 'utf8'),
);

/** Parses, and fails on anything thrown that is no error of Bellows. */
function parsesOrExplains(text: string): void {
  try {
    checkManifests([{ file: '-', text }]).warnings.map(formatWarning);
  } catch (error) {
    if (!BellowsError.is(error)) throw error;
    expect(error).toBeInstanceOf(ManifestError);
    expect(error.message).toMatch(/^\d+ problems? in the manifests:\n {2}/);
  }
}

/** Replaces, or moves to a misspelt key, what `path` leads to: each number picks one of the children. */
function mutate(root: unknown, path: readonly number[], value: unknown, isRenamed: boolean): void {
  let parent = root as Record<string, unknown>;
  for (const [depth, step] of path.entries()) {
    const keys = Object.keys(parent);
    const key = keys[step % keys.length];
    if (key === undefined) return;
    const child = parent[key];
    const isLast = depth === path.length - 1 || typeof child !== 'object' || child === null;
    if (isLast) {
      parent[isRenamed ? `${key}s` : key] = value;
      return;
    }
    parent = child as Record<string, unknown>;
  }
}

describe('parseManifests', () => {
  test('reports every problem of every source at once, in the order of sources and lines', () => {
    const sources = [
      { file: 'b.yaml', text: 'kind: Service\n---\nnot: [closed\n' },
      { file: 'a.yaml', text: serviceText('port: 80') },
    ];
    let message = '';
    try {
      parseManifests(sources);
    } catch (error) {
      ({ message } = error as Error);
    }
    expect(message).toBe(
      [
        '4 problems in the manifests:',
        '  b.yaml:1:1 apiVersion: Required value.',
        '  b.yaml:4:1: Not YAML: Flow sequence in block collection must be sufficiently indented and end with a ].',
        '  a.yaml:5:1 spec.ports: Required value.',
        '  a.yaml:6:3 spec.port: unknown field "port". Did you mean "ports"?',
      ].join('\n'),
    );
  });

  test('places the error at its first problem and carries each problem as data', () => {
    try {
      parseManifests([
        { file: 'shop.yaml', text: deploymentText('ports: [{ containerPort: 0 }]') },
      ]);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        code: 'ERR_MANIFEST_INVALID',
        place: { file: 'shop.yaml', line: 15, column: 36 },
        problems: [
          {
            object: 'Deployment shop',
            message: 'Required value',
            place: { field: 'spec.template.spec.containers[0].ports[0].containerPort' },
          },
        ],
      });
    }
  });

  test.each([
    ['an empty text', ''],
    ['comments alone', '# nothing\n---\n# here\n'],
    ['documents without content', '---\n---\n...\n'],
    ['a byte order mark', `\ufeff${serviceText()}`],
    ['carriage returns', serviceText().replaceAll('\n', '\r\n')],
  ])('reads %s', (_name, text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  test('names fields and kinds that are not acted on once, with all their places', () => {
    const other = (kind: string, name: string) =>
      `---\napiVersion: batch/v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
    const text = `${deploymentText('imagePullPolicy: Always\nsecurityContext: {}\n')}        - name: two
          image: two:1
          imagePullPolicy: Never
${other('Job', 'a')}${other('Job', 'b')}${other('CronJob', 'c')}`;
    expect(warningsOf(text)).toEqual([
      'Deployment spec.template.spec.containers[].imagePullPolicy is not acted on. No image is pulled: the command is run on this machine. (shop.yaml:15:28, shop.yaml:19:28)',
      'batch/v1 Job is not acted on. (shop.yaml:21:1, shop.yaml:25:1)',
      'batch/v1 CronJob is not acted on. (shop.yaml:29:1)',
    ]);
  });

  test.each([
    [
      'a Pods kind with a wrong version',
      'apiVersion: v1\nkind: Deployment\n',
      ['1:13 apiVersion: no matches for kind "Deployment" in version "v1". Write apps/v1.'],
    ],
    [
      'a removed version',
      'apiVersion: autoscaling/v2beta2\nkind: HorizontalPodAutoscaler\n',
      [
        '1:13 apiVersion: no matches for kind "HorizontalPodAutoscaler" in version "autoscaling/v2beta2". It was removed in Kubernetes 1.26. Write autoscaling/v2: the fields are the same.',
      ],
    ],
    [
      'a misspelt kind',
      'apiVersion: apps/v1\nkind: Deploymnet\n',
      [
        '2:7 kind: no matches for kind "Deploymnet" in version "apps/v1". Did you mean "Deployment"?',
      ],
    ],
    ['a document without kind', 'apiVersion: v1\nmetadata: {}\n', ['1:1 kind: Required value.']],
    [
      'a list instead of an object',
      '- a\n',
      [
        '1:1: Expected a Kubernetes object, got a list. An object has apiVersion, kind and metadata.',
      ],
    ],
    [
      'text instead of an object',
      'hello\n',
      [
        '1:1: Expected a Kubernetes object, got a string. An object has apiVersion, kind and metadata.',
      ],
    ],
  ])('explains %s', (_name, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  test('leaves kinds of the same name in other groups alone', () => {
    const text = 'apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: { name: a }\n';
    expect(warningsOf(text)).toEqual([
      'serving.knative.dev/v1 Service is not acted on. (shop.yaml:1:1)',
    ]);
  });

  test('reads the items of lists, also of lists in lists', () => {
    const item = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
    const list = (...items: object[]) => ({ apiVersion: 'v1', kind: 'List', items });
    const text = JSON.stringify(list(item, list({ ...item, metadata: { name: 'b' } })));
    const { objects } = parseManifests([{ file: '-', text }]);
    expect(objects.map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
  });

  test('refuses a second object of the same kind, namespace and name, across files', () => {
    const sources = ['a.yaml', 'b.yaml'].map((file) => ({ file, text: serviceText() }));
    expect(() => parseManifests(sources)).toThrow(
      'b.yaml:4:9 metadata.name: Duplicate value: Service default/shop is also in a.yaml:1. Remove or rename one of the two.',
    );
    const inOther = serviceText().replace('name: shop', 'name: shop\n  namespace: other');
    const [first] = sources;
    expect(parseManifests([first!, { file: 'c.yaml', text: inOther }]).objects).toHaveLength(2);
  });

  test('finds a field of an object it read in its file', () => {
    const { objects, locate } = parseManifests([{ file: 'shop.yaml', text: serviceText() }]);
    expect(locate(objects[0]!, 'spec.ports[0].port')).toEqual({
      place: { file: 'shop.yaml', line: 6, column: 19, field: 'spec.ports[0].port' },
      isWritten: true,
    });
    expect(locate(objects[0]!, 'spec.type').isWritten).toBe(false);
  });

  describe('limits', () => {
    test('refuses a file of more bytes than the API server takes', () => {
      const text = '#'.repeat(MANIFEST_LIMITS.maxFileBytes + 1);
      expect(problemsOf(text)).toEqual([
        'shop.yaml: Expected at most 3145728 bytes, got 3145729. Split the file.',
      ]);
    });

    test('refuses more documents than the limit', () => {
      const text = 'a: 1\n---\n'.repeat(MANIFEST_LIMITS.maxDocuments + 1);
      expect(problemsOf(text).at(-1)).toContain('More than 5000 documents');
    });

    test('spells out a hundred problems and counts the rest', () => {
      const text = '- a\n---\n'.repeat(150);
      expect(() => parseManifests([{ file: '-', text }])).toThrow(/\n {2}and 50 more$/);
    });
  });

  describe('arbitrary input', () => {
    test('of text ends in a value or an explained error', () => {
      const piece = fc.constantFrom(
        ...[
          '- ',
          ': ',
          '\n',
          '  ',
          '{',
          '}',
          '[',
          ']',
          '&a ',
          '*a',
          '<<',
          '? ',
          '|\n',
          '>-\n',
          '"',
        ],
        ...["'", '#', '!!int ', '!x ', '---\n', '...\n', '%YAML 1.1\n', '\t', 'kind', 'List', 'v1'],
        ...['apiVersion', 'metadata', 'spec', 'items', 'a', '0', '1e999', '.nan', '0x', '~', ','],
      );
      const text = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
      );
      fc.assert(fc.property(text, parsesOrExplains), { numRuns: 1_000 });
    });

    test('of JSON in the place of any kind ends in a value or an explained error', () => {
      const header = fc.constantFrom(
        { apiVersion: 'apps/v1', kind: 'Deployment' },
        { apiVersion: 'v1', kind: 'Service' },
        { apiVersion: 'v1', kind: 'Secret' },
        { apiVersion: 'v1', kind: 'ConfigMap' },
        { apiVersion: 'v1', kind: 'List' },
        { apiVersion: 'autoscaling/v1', kind: 'HorizontalPodAutoscaler' },
        { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
        { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
      );
      const document = fc.tuple(
        header,
        fc.dictionary(
          fc.constantFrom('metadata', 'spec', 'data', 'stringData', 'items', '__proto__', 'status'),
          fc.jsonValue(),
        ),
      );
      fc.assert(
        fc.property(document, ([header, body]) => {
          parsesOrExplains(JSON.stringify({ ...body, ...header }));
        }),
        { numRuns: 1_000 },
      );
    });

    test('made of valid manifests by changing values ends in a value or an explained error', () => {
      const documents = [...SHOP_TEXTS, hpaText(), serviceText()]
        .flatMap((text) => parseAllDocuments(text, { merge: true }) as { toJSON(): unknown }[])
        .map((document) => JSON.stringify(document.toJSON()));
      const mutation = fc.record({
        document: fc.constantFrom(...documents),
        path: fc.array(fc.nat(30), { minLength: 1, maxLength: 9 }),
        value: fc.oneof(
          fc.jsonValue({ maxDepth: 2 }),
          fc.constantFrom('', -1, 1e300, null, [], {}),
        ),
        isRenamed: fc.boolean(),
      });
      fc.assert(
        fc.property(mutation, ({ document, path, value, isRenamed }) => {
          const root = JSON.parse(document) as unknown;
          mutate(root, path, value, isRenamed);
          parsesOrExplains(stringify(root));
        }),
        { numRuns: 1_500 },
      );
    });

    test('made of valid manifests by cutting and inserting text ends in a value or an explained error', () => {
      const edit = fc.tuple(
        fc.constantFrom(...SHOP_TEXTS),
        fc.nat(2_000),
        fc.nat(40),
        fc.string({ maxLength: 6 }),
      );
      fc.assert(
        fc.property(edit, ([text, at, length, inserted]) => {
          parsesOrExplains(text.slice(0, at) + inserted + text.slice(at + length));
        }),
        { numRuns: 1_000 },
      );
    });
  });
});
