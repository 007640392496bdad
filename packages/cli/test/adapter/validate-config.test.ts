import { readAdapterConfig } from '@bellows/adapter';
import { expect, test } from 'vitest';
import { validateConfig } from '../../src/adapter/validate-config.ts';

const verdictOf = (config: object): ReturnType<typeof validateConfig> =>
  validateConfig(readAdapterConfig({ file: 'config.yaml', text: JSON.stringify(config) }));
const rule = {
  seriesQuery: 'queue{namespace!="",pod!=""}',
  resources: { template: '<<.Resource>>' },
  metricsQuery: 'sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)',
};

test('counts what a valid file has', () => {
  const sources = [{ name: 'other', prometheus: { url: 'http://prometheus:9090' } }];
  const config = { rules: [{ ...rule, backend: 'other' }], externalRules: [rule], sources };
  expect(verdictOf(config)).toEqual({
    isValid: true,
    text: 'valid: 1 rule, 1 external rule, no resource rules, 1 source',
  });
});

test('names each rule that cannot be used, and its place', () => {
  const template = '<<.Resource';
  const { isValid, text } = verdictOf({
    rules: [rule, { ...rule, metricsQuery: '<<.Nothing' }],
    externalRules: [{ ...rule, resources: { template } }],
  });
  expect(isValid).toBe(false);
  expect(text).toMatch(/^config\.yaml:1:\d+.*: rules\[1\]: /m);
  expect(text).toMatch(/^config\.yaml:1:\d+.*: externalRules\[0\]: /m);
  expect(text).not.toContain('rules[0]: Expected a Prometheus');
  expect(text).toMatch(/^not valid: 2 rules, 1 external rule,/m);
});
