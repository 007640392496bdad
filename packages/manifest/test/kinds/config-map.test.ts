import { describe, expect, test } from 'vitest';
import { problemsOf, warningsOf } from '../fixtures/problems-of.ts';

function configMapText(rest: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop }\n${rest}\n`;
}

describe('configMapKind', () => {
  test.each([
    [
      'data: { PORT: 80 }',
      '4:15 data[PORT]: Expected a string, got the number 80. Quote it: "80".',
    ],
    [
      'data: { DEBUG: on }',
      '4:16 data[DEBUG]: Expected a string, got the boolean on. Quote it: "on". Unquoted, Kubernetes reads on as true.',
    ],
    [
      'data: { "a b": c }',
      "4:16 data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+').",
    ],
    ['data: { "..a": c }', '4:16 data[..a]: Invalid value: "..a": must not start with \'..\'.'],
    [
      'spec: {}',
      '4:1 spec: unknown field "spec". Known here: apiVersion, binaryData, data, immutable, kind, metadata, status.',
    ],
  ])('refuses %s', (rest, problem) => {
    expect(problemsOf(configMapText(rest))).toEqual([problem]);
  });

  test('refuses more than a mebibyte', () => {
    const data = `data: { a: "${'x'.repeat(600_000)}", b: "${'x'.repeat(600_000)}" }`;
    expect(problemsOf(configMapText(data))).toEqual([
      '4:1 data: Too long: may not be more than 1048576 bytes.',
    ]);
  });

  test('reads a value without text as empty, and says that binary values are left out', () => {
    const text = configMapText('data: { EMPTY: }\nbinaryData: { logo: AAAA }');
    expect(problemsOf(text)).toEqual([]);
    expect(warningsOf(text)[0]).toContain('ConfigMap binaryData is not acted on.');
  });
});
