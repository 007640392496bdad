import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as manifest from '../src/index.ts';
import * as reading from '../src/reading.ts';
import { BELLOWS_ANNOTATIONS } from '../src/annotations/annotation-names.ts';
import { KIND_READERS, REMOVED_VERSIONS } from '../src/kinds/kind-readers.ts';
import { fieldTableText } from './fixtures/field-rows.ts';

const REFERENCE = join(import.meta.dirname, '..', '..', '..', 'docs', 'reference');

function page(name: string): string {
  return readFileSync(join(REFERENCE, name), 'utf8');
}

test('exports what it says', () => {
  expect(Object.keys(manifest).sort()).toEqual([
    'MANIFEST_LIMITS',
    'METRICS_ANNOTATION',
    'ManifestError',
    'checkReferences',
    'formatProblem',
    'formatWarning',
    'generateManifests',
    'metricOverrides',
    'parseManifests',
    'parseMetricOverrides',
    'podCommand',
    'podWorkingDirectory',
    'readManifests',
    'serviceSelects',
  ]);
});

test('exports what other files in YAML are read with', () => {
  expect(Object.keys(reading).sort()).toEqual([
    'FieldPath',
    'ObjectReport',
    'booleanShape',
    'describeNode',
    'enumShape',
    'listOf',
    'mapOf',
    'nodeAt',
    'numberShape',
    'optional',
    'plain',
    'readDocuments',
    'record',
  ]);
});

describe('docs/reference/manifests.md', () => {
  const text = page('manifests.md');

  test.each(KIND_READERS.map((reader) => [`${reader.apiVersion} ${reader.kind}`, reader] as const))(
    'lists every field of %s with what is done with it',
    (name, { fields }) => {
      const section = text.split(`### ${name}\n`)[1]?.split('\n### ')[0] ?? '';
      expect(section).toContain(fieldTableText(fields));
    },
  );

  test.each(Object.keys(REMOVED_VERSIONS))('names %s as removed', (version) => {
    expect(text).toContain(`\`${version}\``);
  });
});

describe('docs/reference/annotations.md', () => {
  test.each(Object.entries(BELLOWS_ANNOTATIONS))(
    'explains %s and what may carry it',
    (name, holders) => {
      const section = page('annotations.md').split(`## ${name}\n`)[1]?.split('\n## ')[0] ?? '';
      for (const holder of holders) expect(section).toContain(holder);
    },
  );
});
