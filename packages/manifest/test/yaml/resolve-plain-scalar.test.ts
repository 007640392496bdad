import { describe, expect, test } from 'vitest';
import { isLeadingZeroOctal, resolvePlainScalar } from '../../src/yaml/resolve-plain-scalar.ts';

function meaning(text: string): unknown {
  const node = resolvePlainScalar(text, 0);
  if (node === undefined) return 'refused';
  return node.kind === 'null' ? null : node.kind === 'number' ? node.json : node.value;
}

// Expectations as sigs.k8s.io/yaml v1.6.0 turns the text into JSON; numbers as JSON spells them.
describe('resolvePlainScalar', () => {
  test.each(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'])(
    'reads %s as true, as YAML 1.1 does',
    (text) => {
      expect(meaning(text)).toBe(true);
    },
  );

  test.each(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'])(
    'reads %s as false',
    (text) => {
      expect(meaning(text)).toBe(false);
    },
  );

  test.each(['', '~', 'null', 'Null', 'NULL'])('reads %j as null', (text) => {
    expect(meaning(text)).toBe(null);
  });

  test.each([
    ['0', '0'],
    ['-1', '-1'],
    ['+1', '1'],
    ['1_000', '1000'],
    ['010', '8'],
    ['0o10', '8'],
    ['0x1F', '31'],
    ['-0b101', '-5'],
    ['08', '8'],
    ['1.50', '1.5'],
    ['.5', '0.5'],
    ['1e3', '1000'],
    ['1e21', '1e+21'],
    ['9223372036854775808', '9223372036854775808'],
    ['18446744073709551616', '18446744073709552000'],
  ])('reads %s as the number %s', (text, json) => {
    expect(meaning(text)).toBe(json);
  });

  test.each([
    'yEs',
    'tRUE',
    '1:30',
    '2024-01-01',
    '2024-01-01T00:00:00Z',
    '1.2.3',
    '0x',
    '0b2',
    '-',
    '+',
    '.',
    '500m',
    '1e',
    '0o9',
    'nan',
    'Infinity',
  ])('reads %s as text', (text) => {
    expect(meaning(text)).toBe(text);
  });

  test.each(['.inf', '-.Inf', '+.INF', '.nan', '.NaN'])(
    'refuses %s, which JSON cannot carry',
    (text) => {
      expect(meaning(text)).toBe('refused');
    },
  );

  test('takes no time for digits without end', () => {
    const startedMs = performance.now();
    meaning('1'.repeat(1_000_000));
    meaning(`0x${'f'.repeat(1_000_000)}`);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});

describe('isLeadingZeroOctal', () => {
  test.each(['010', '0644', '-07'])('tells that %s is octal by its zero', (text) => {
    expect(isLeadingZeroOctal(text)).toBe(true);
  });

  test.each(['0', '00', '08', '0o10', '0x10', '10'])('leaves %s alone', (text) => {
    expect(isLeadingZeroOctal(text)).toBe(false);
  });
});
