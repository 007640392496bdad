import { describe, expect, test } from 'vitest';
import { formatProblem } from '../../src/problem/problem.ts';
import { readDocuments } from '../../src/yaml/read-documents.ts';
import type { ManifestNode } from '../../src/yaml/manifest-node.ts';

function plain(node: ManifestNode): unknown {
  if (node.kind === 'null') return null;
  if (node.kind === 'list') return node.items.map(plain);
  if (node.kind !== 'map') return node.value;
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
}

function read(text: string): { values: unknown[]; problems: string[] } {
  const { documents, problems } = readDocuments({ file: 'f', text }, 10);
  return {
    values: documents.map(({ root }) => plain(root)),
    problems: problems.map(formatProblem),
  };
}

describe('readDocuments', () => {
  test('reads several documents and skips empty ones', () => {
    expect(read('a: 1\n---\n---\n# none\n---\n- x\n...\n').values).toEqual([{ a: 1 }, ['x']]);
  });

  test('reads JSON, indented by tabs too', () => {
    expect(read('{\n\t"a": [1, true, null, "\\u00e9\\ud83d\\ude00"]\n}').values).toEqual([
      { a: [1, true, null, 'é😀'] },
    ]);
  });

  test('reads on after a document that cannot be understood', () => {
    expect(read('a: [1\n---\nb: 2\n')).toMatchObject({ values: [{ b: 2 }] });
  });

  test('merges maps: own keys win, then earlier ones', () => {
    const text = 'a: &a { x: 1, y: 1 }\nb: &b { y: 2, z: 2 }\nc: { <<: [*a, *b], x: 3 }\n';
    expect(read(text).values[0]).toMatchObject({ c: { x: 3, y: 1, z: 2 } });
  });

  test('keeps keys that JavaScript objects have of their own', () => {
    expect(read('__proto__: 1\nconstructor: 2\n').values[0]).toEqual(
      Object.fromEntries([
        ['__proto__', 1],
        ['constructor', 2],
      ]),
    );
  });

  test.each([
    ['a: 1\na: 2\n', 'f:2:1: Duplicate key "a". Keep one of the two.'],
    ['a:\n\tb: 1\n', 'f:2:1: Not YAML: Tabs are not allowed as indentation. Indent with spaces.'],
    [
      'a: {{ .Values.x }}\n',
      'f:1:5: Expected a key to be text. This looks like a template: render it first, as with `helm template`.',
    ],
    [
      'spec:\n  a:\n    b: 1\n   c: 2\n',
      'f:4:1: Not YAML: All mapping items must start at the same column. Look at the indentation of line 4 and of those before it: keys of one map, and the dashes of one list, begin in the same column.',
    ],
    [
      'a:\n  b: 1\n\n   c: 2\n',
      'f:2:6: Not YAML: Nested mappings are not allowed in compact mappings. Look at the indentation of lines 2 and 4: keys of one map, and the dashes of one list, begin in the same column.',
    ],
    [
      'a:\n  - b: 1\n   c: 2\n',
      'f:3:1: Not YAML: Sequence item without - indicator. Look at the indentation of line 3 and of those before it: keys of one map, and the dashes of one list, begin in the same column.',
    ],
    [
      'a: b: c\n',
      'f:1:4: Not YAML: Nested mappings are not allowed in compact mappings. Quote a value that holds ": ".',
    ],
    ['a: *b\n', 'f:1:4: Unresolved alias *b.'],
    ['a: &a [*a]\n', 'f:1:8: Unresolved alias *a.'],
    ['a: .nan\n', 'f:1:4: Expected a finite number, got .nan.'],
    ['a: !env X\n', 'f:1:9: Unknown tag "!env". Remove the tag.'],
    ['<<: 1\n', 'f:1:5: Expected a map after the merge key <<.'],
  ])('explains %j', (text, problem) => {
    expect(read(text).problems).toEqual([problem]);
  });

  test.each([
    ['brackets', '['.repeat(100_000)],
    ['closed brackets', '['.repeat(2_000) + ']'.repeat(2_000)],
    ['maps in a line', '{a: '.repeat(20_000)],
    ['lists in a line', '- '.repeat(20_000)],
    ['keys that are keys', '? '.repeat(20_000)],
    ['maps by indentation', Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('refuses %s that are nested too deeply, and lives', (_name, text) => {
    expect(read(text).problems).toEqual([expect.stringContaining('Nested deeper than 100 levels')]);
  });

  test('reads what is nested as deeply as allowed', () => {
    expect(read('['.repeat(100) + ']'.repeat(100)).problems).toEqual([]);
  });

  test('refuses aliases that multiply', () => {
    const level = (name: string, of: string) => `${name}: &${name} [${`${of}, `.repeat(9)}]\n`;
    const text = `${level('a', 'x')}${level('b', '*a')}${level('c', '*b')}${level('d', '*c')}${level('e', '*d')}${level('f', '*e')}`;
    expect(read(text).problems).toEqual([
      expect.stringContaining('A document holds more than 200000 values, aliases written out'),
    ]);
  });

  test('refuses more words than the limit', () => {
    expect(read('a:\n'.repeat(200_000)).problems).toEqual([
      expect.stringContaining('More than 400000 words of YAML'),
    ]);
  });

  test('reads twenty thousand keys of one map without comparing each with each', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `k${i}: v\n`).join('');
    const startedMs = performance.now();
    expect(read(text).problems).toEqual([]);
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });
});
