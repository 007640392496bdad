import { describe, expect, test } from 'vitest';
import { parseManifests, type Secret } from '../../src/index.ts';
import { problemsOf } from '../fixtures/problems-of.ts';

function secretText(rest: string): string {
  return `apiVersion: v1\nkind: Secret\nmetadata: { name: keys }\n${rest}\n`;
}

describe('secretKind', () => {
  test('decodes data and lays stringData over it', () => {
    const text = secretText('data: { a: aGVsbG8=, b: b2xk }\nstringData: { b: new }');
    const { data } = parseManifests([{ file: '-', text }]).objects[0] as Secret;
    const decoder = new TextDecoder();
    expect(Object.entries(data).map(([key, value]) => [key, decoder.decode(value)])).toEqual([
      ['a', 'hello'],
      ['b', 'new'],
    ]);
  });

  test('reads base64 that is folded over lines', () => {
    const text = secretText('data:\n  a: |\n    aGVs\n    bG8=');
    expect(problemsOf(text)).toEqual([]);
  });

  test.each([
    [
      'data: { a: hunter2! }',
      '4:12 data[a]: Expected base64, got text that is none. Encode the value, or put it under stringData as it is.',
    ],
    [
      'data: { a: 31337 }',
      '4:12 data[a]: Expected a string, got a number, unquoted. Put the value in quotes.',
    ],
    [
      'stringData: { a: 31337 }',
      '4:18 stringData[a]: Expected a string, got a number, unquoted. Put the value in quotes.',
    ],
    [
      'stringData: { a: [hunter2] }',
      '4:15 stringData[a]: Expected a string, got a list. Put the value in quotes.',
    ],
  ])('explains { %s } without its value', (rest, problem) => {
    expect(problemsOf(secretText(rest))).toEqual([problem]);
  });

  test('never puts a value into an error, wherever it was put', () => {
    const secret = 'hunter2';
    for (const rest of [
      `data: ${secret}`,
      `stringData: ${secret}`,
      `stringData: { a: { b: ${secret} } }`,
      `data: { a: "${secret}\\n${secret}" }`,
      `immutable: true\nstringData:\n  a: ${secret}\n  a: ${secret}`,
      `type: [${secret}]`,
    ]) {
      expect(problemsOf(secretText(rest)).join('\n')).not.toContain(secret);
    }
  });
});
