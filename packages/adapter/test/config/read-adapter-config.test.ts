import { describe, expect, test } from 'vitest';
import { readAdapterConfig } from '../../src/config/read-adapter-config.ts';

function read(text: string): ReturnType<typeof readAdapterConfig> {
  return readAdapterConfig({ file: 'config.yaml', text });
}

describe('readAdapterConfig', () => {
  test('reads rules with their places', () => {
    const { rules, externalRules, resourceRules } = read(`rules:
- seriesQuery: 'http_requests_total'
  resources:
    overrides: {pod: {resource: pod}}
  name: {as: 1}
  metricsQuery: sum(<<.Series>>)
externalRules:
- seriesQuery: queue_depth
  resources: {namespaced: off}
resourceRules: {window: 5m}
`);
    expect(rules).toEqual([
      {
        place: expect.objectContaining({
          file: 'config.yaml',
          line: 2,
          field: 'rules[0]',
        }) as object,
        seriesQuery: 'http_requests_total',
        seriesFilters: [],
        resources: { template: '', overrides: { pod: { group: '', resource: 'pod' } } },
        name: { matches: '', as: '1' },
        metricsQuery: 'sum(<<.Series>>)',
      },
    ]);
    expect(externalRules[0]?.resources.namespaced).toBe(false);
    expect(resourceRules?.windowMs).toBe(300_000);
  });

  test.each(['', '{}', 'rules:', '# only a comment'])('%j serves nothing', (text) => {
    expect(read(text)).toEqual({ rules: [], externalRules: [] });
  });

  test('reads the first document alone', () => {
    expect(read('---\nrules: []\n---\nrules: [{}]\n').rules).toEqual([]);
  });

  test.each([
    ['Rules: []', /1:1 Rules: unknown field "Rules"/],
    ['rules:\n- seriesquery: x', /2:3 .*Did you mean "seriesQuery"/],
    ['rules: []\nrules: []', /Duplicate key "rules"/],
    ['rules: x', /rules: Expected a list/],
    ['rules:\n- resources: {namespaced: "false"}', /Expected true or false/],
    ['resourceRules: {window: 90}', /window/],
    ['rules:\n\t- x', /Not YAML/],
    ['rules:\n- metricsQuery: "sum({a="b"})"', /config.yaml:2/],
    ['rules:\n- seriesQuery: [a]', /Expected text, got a list/],
  ])('refuses %j and says where', (text, message) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        code: 'ERR_ADAPTER_CONFIG',
        message: expect.stringMatching(message) as string,
      }),
    );
  });

  test('tells all problems at once', () => {
    expect(() => read('rule: []\nexternalRules: x')).toThrow(/2 problems:/);
  });
});
