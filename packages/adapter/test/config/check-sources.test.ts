import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readAdapterConfig } from '../../src/config/read-adapter-config.ts';

const read = (text: string): ReturnType<typeof readAdapterConfig> =>
  readAdapterConfig({ file: 'config.yaml', text });

const ALL = `rules:
- seriesQuery: up
  metricsQuery: sum(<<.Series>>)
  backend: team
sources:
- name: team
  prometheus:
    url: https://prometheus.team.svc:9090/prefix
    headers: {X-Source: adapter}
    tenantHeader: X-Scope-OrgID
    tokenFile: /run/token
    caFile: /run/ca
    timeout: 5s
- name: scraped
  pods: {interval: 2s, timeout: 1s, staleAfter: 10s, namespaces: [shop], bearerTokenFiles: {shop: /run/t}}
- name: default-pods
  pods: {}
- name: orders
  postgresql:
    connectionStringFile: /run/url
    interval: 30s
    metrics:
    - {name: orders_waiting, query: SELECT 1, emptyValue: 0, namespaces: [shop], labels: {state: new}}
    - {name: orders_waiting, query: SELECT 2, labels: {state: old}}
- name: events
  kafka:
    bootstrapServers: ['kafka-0.kafka:9092', '[fd00::1]:9092']
    sasl: {usernameFile: /run/u, passwordFile: /run/p}
    tls: {}
    metrics:
    - {name: lag, consumerGroup: shop, topics: [orders], partitions: '0-3, 7', lagThreshold: 10}
    - {name: max_lag, consumerGroup: shop, topicPattern: 'ord.*', aggregate: max, offsetResetPolicy: earliest, isolation: read_committed}
`;

describe('sources', () => {
  test('of every kind are read with their places, times in milliseconds', () => {
    const { rules, sources = [] } = read(ALL);
    expect(rules[0]?.backend).toBe('team');
    expect(sources.map(({ name, place }) => [name, place.line, place.field])).toEqual([
      ['team', 6, 'sources[0]'],
      ['scraped', 14, 'sources[1]'],
      ['default-pods', 16, 'sources[2]'],
      ['orders', 18, 'sources[3]'],
      ['events', 25, 'sources[4]'],
    ]);
    const [team, scraped, defaults, orders, events] = sources;
    expect(team?.prometheus).toEqual({
      ...{ url: 'https://prometheus.team.svc:9090/prefix', headers: { 'X-Source': 'adapter' } },
      ...{
        tenantHeader: 'X-Scope-OrgID',
        tokenFile: '/run/token',
        caFile: '/run/ca',
        timeoutMs: 5_000,
      },
    });
    expect(scraped?.pods).toEqual({
      ...{ intervalMs: 2_000, timeoutMs: 1_000, staleAfterMs: 10_000, namespaces: ['shop'] },
      bearerTokenFiles: { shop: '/run/t' },
    });
    expect(defaults?.pods).toEqual({ namespaces: [], bearerTokenFiles: {} });
    expect(orders?.postgresql?.intervalMs).toBe(30_000);
    expect(orders?.postgresql?.metrics.map((metric) => metric.emptyValue)).toEqual([0, undefined]);
    expect(events?.kafka).toMatchObject({
      sasl: { mechanism: 'SCRAM-SHA-512' },
      tls: { caFile: '', certFile: '', keyFile: '' },
      metrics: [
        { partitions: '0-3, 7', topicPattern: '' },
        { aggregate: 'max', topics: [] },
      ],
    });
  });

  test('those of docs/reference/adapter-sources.md are read', () => {
    const at = new URL('../../../../docs/reference/adapter-sources.md', import.meta.url);
    const [, text = ''] = /```yaml\n([^]*?)```/.exec(readFileSync(at, 'utf8')) ?? [];
    expect(read(text).sources).toHaveLength(4);
  });

  test('prometheus-adapter’s files have none', () => {
    expect(read('rules: []')).toEqual({ rules: [], externalRules: [] });
  });

  const source = (text: string): string => `sources:\n- name: a\n  ${text}\n`;
  const query = (text: string): string =>
    source(`postgresql: {connectionStringFile: /f, metrics: [{${text}}]}`);
  const lag = (text: string): string =>
    source(`kafka: {bootstrapServers: ['k:1'], metrics: [{name: m, consumerGroup: g, ${text}}]}`);

  test.each([
    ['sources:\n- pods: {}', /2:3 sources\[0\]\.name: .*RFC 1123/],
    ['sources:\n- {name: A_b, pods: {}}', /sources\[0\]\.name/],
    [
      'sources:\n- {name: a, pods: {}}\n- {name: a, pods: {}}',
      /config\.yaml:3:10 sources\[1\]\.name: There is a source named a already.*Give it another/,
    ],
    [source('pod: {}'), /Did you mean "pods"/],
    ['sources:\n- name: a', /Expected one of prometheus, pods, postgresql, kafka, got none/],
    [source('pods: {}\n  prometheus: {url: http://x}'), /got prometheus and pods/],
    [
      source('pods: {interval: 1ms}'),
      /sources\[0\]\.pods\.interval: Expected a time from 100ms to 1h, got 1ms/,
    ],
    [source('pods: {interval: 10}'), /pods\.interval/],
    [source('pods: {staleAfter: 2d}'), /staleAfter: Expected a time from 500ms to 1d/],
    [source('pods: {interval: 10s, staleAfter: 5s}'), /Expected at least the interval/],
    [source('pods: {namespaces: [Shop]}'), /pods\.namespaces\[0\]/],
    [source('pods: {bearerTokenFiles: {shop: ""}}'), /Name the file that holds the token/],
    [source('prometheus: {}'), /prometheus\.url: Expected a URL/],
    [source('prometheus: {url: ftp://x}'), /Expected a URL/],
    [source('prometheus: {url: "http://u:secret@x"}'), /holds no user or password/],
    [source('prometheus: {url: http://x, headers: {"a b": c}}'), /No HTTP header can be this/],
    [source('prometheus: {url: http://x, tenantHeader: "a b"}'), /No HTTP header has this name/],
    [source('prometheus: {url: http://x, timeout: 1h}'), /from 100ms to 5m/],
    [source('postgresql: {}'), /connectionStringFile: Required.*\n.*metrics: Required/s],
    [query('name: "1"'), /No metric is named "1"/],
    [query('name: m'), /query: Required/],
    [query('name: m, query: SELECT 1, emptyValue: .nan'), /Expected a finite number/],
    [query('name: m, query: SELECT 1}, {name: m, query: SELECT 2'), /m is there already/],
    [query('name: m, query: SELECT 1, labels: {"a b": c}'), /labels/],
    [query(`name: m, query: ${'x'.repeat(10_001)}`), /at most 10000 characters/],
    [source('kafka: {}'), /bootstrapServers: Required.*\n.*metrics: Required/s],
    [source('kafka: {bootstrapServers: [kafka], metrics: []}'), /Expected host:port, got "kafka"/],
    [source('kafka: {bootstrapServers: ["k:70000"], metrics: []}'), /Expected host:port/],
    [
      source('kafka: {bootstrapServers: ["k:1"], sasl: {}, metrics: []}'),
      /usernameFile and passwordFile/,
    ],
    [source('kafka: {sasl: {mechanism: PLAIN, usernameFile: u, passwordFile: p}}'), /in the clear/],
    [source('kafka: {sasl: {mechanism: GSSAPI}}'), /GSSAPI/],
    [source('kafka: {tls: {certFile: c}}'), /come together/],
    [source('kafka: {metrics: [{name: m}]}'), /consumerGroup: Required/],
    [lag('topics: ["a/b"]'), /No topic is named "a\/b"/],
    [lag('topics: [a], topicPattern: b'), /by name or by pattern/],
    [lag('topicPattern: "(a"'), /No expression of RE2/],
    [lag('partitions: 1-2-3'), /Expected partitions such as 1,3-5/],
    [lag('lagThreshold: 0'), /must be above 0/],
    [lag('aggregate: min'), /aggregate/],
    [
      'rules:\n- backend: a',
      /2:12 rules\[0\]\.backend: Nothing named "a" is among the sources.*Add it to sources/,
    ],
    [
      'externalRules:\n- backend: a\nsources:\n- {name: a, pods: {}}\n- {name: b, prometheus: {url: http://x}}',
      /Nothing named "a" is a prometheus.*Name one of b/,
    ],
  ])('%j is refused', (text, message) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        code: 'ERR_ADAPTER_CONFIG',
        message: expect.stringMatching(message) as string,
      }),
    );
  });

  test('no password of a URL is told', () => {
    expect(() => read(source('prometheus: {url: "http://u:secret@x"}'))).not.toThrow(/secret/);
  });

  test('there are only so many', () => {
    const list = Array.from({ length: 101 }, (_, index) => `- {name: a${index}, pods: {}}`);
    expect(() => read(`sources:\n${list.join('\n')}`)).toThrow(/at most 100 sources, got 101/);
    const metrics = Array.from(
      { length: 1_001 },
      (_, index) => `{name: m${index}, query: SELECT 1}`,
    );
    const text = source(`postgresql: {connectionStringFile: /f, metrics: [${metrics.join()}]}`);
    expect(() => read(text)).toThrow(/at most 1000 metrics/);
  });
});
