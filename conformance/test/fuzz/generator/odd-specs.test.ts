import { defaultHpaSpec, validateHpaSpec } from '@bellows/hpa';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oddSpec } from '../../../src/fuzz/generator/odd-specs.ts';

test('odd specs bring out most of what there is to object to', () => {
  const specs = fc.sample(oddSpec, { seed: 1, numRuns: 2000 });
  const objections = specs.flatMap((spec) => [...validateHpaSpec(defaultHpaSpec(spec))]);
  const kinds = objections.map(({ field, message }) =>
    `${field} ${message}`.replaceAll(/\d+|"[^"]*"/g, '#'),
  );
  expect(new Set(kinds).size).toBeGreaterThan(100);
});
