import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@bellows/testkit';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { adapterArguments } from '../../src/adapter/adapter-arguments.ts';
import { createAdapterCommand } from '../../src/adapter/adapter-command.ts';
import type { AdapterFlags } from '../../src/adapter/adapter-flags.ts';

const CONFIG = `rules:
  - seriesQuery: 'http_requests_total{namespace!="",pod!=""}'
    resources: { template: <<.Resource>> }
    name: { matches: ^(.*)_total$, as: '\${1}_per_second' }
    metricsQuery: sum(rate(<<.Series>>{<<.LabelMatchers>>}[2m])) by (<<.GroupBy>>)
`;

interface Outcome {
  readonly printed: string;
  readonly exitCode: number;
  readonly flags: AdapterFlags | undefined;
}

async function run(...args: readonly string[]): Promise<Outcome> {
  let printed = '';
  let exitCode = 0;
  let flags: AdapterFlags | undefined;
  const command = createAdapterCommand(new Command().exitOverride(), {
    serve: (given) => {
      flags = given;
      return Promise.resolve(0);
    },
    print: (text) => (printed += text),
    exit: (code) => (exitCode = code),
  });
  await command.parseAsync(adapterArguments(args), { from: 'user' });
  return { printed, exitCode, flags };
}

async function withConfig<T>(text: string, use: (file: string) => Promise<T>): Promise<T> {
  await using folder = await temporaryDirectory();
  const file = join(folder.path, 'config.yaml');
  writeFileSync(file, text);
  // Awaited here: the folder goes when this function ends.
  return await use(file);
}

describe('bellows adapter', () => {
  test('takes the arguments of prometheus-adapter’s chart and manifests as they are', async () => {
    const { flags } = await run(
      ...['/adapter', '--secure-port=6443', '--cert-dir=/tmp/cert', '--logtostderr=true'],
      ...['--prometheus-url=http://prometheus.default.svc:9090', '--metrics-relist-interval=1m'],
      ...['--v=4', '--config=/etc/adapter/config.yaml', '--tls-cipher-suites=TLS_X,TLS_Y'],
      ...['--prometheus-header=X-Scope-OrgID=a', '--prometheus-header=X-More=b'],
    );
    expect(flags).toMatchObject({
      securePort: 6443,
      config: '/etc/adapter/config.yaml',
      prometheusUrl: 'http://prometheus.default.svc:9090',
      metricsRelistInterval: 60_000,
      v: 4,
      prometheusHeader: ['X-Scope-OrgID=a', 'X-More=b'],
    });
  });
});

describe('bellows adapter validate', () => {
  test('says that a configuration is valid', async () => {
    const outcome = await withConfig(CONFIG, (file) => run('validate', file));
    expect(outcome).toMatchObject({
      printed: 'valid: 1 rule, 0 external rules, no resource rules, 0 sources',
      exitCode: 0,
    });
  });

  test('names the place of a rule that cannot be used, and ends with 1', async () => {
    const broken = CONFIG.replace('<<.GroupBy>>', '<<.GroupBy');
    const { printed, exitCode } = await withConfig(broken, (file) => run('validate', file));
    expect(printed).toMatch(/config\.yaml:2:\d+ rules\[0\].*: rules\[0\]: /);
    expect(printed).toContain('not valid: 1 rule,');
    expect(exitCode).toBe(1);
  });

  test('refuses a file that is no configuration, with its line', async () => {
    const refused = withConfig('rules:\n  - seriesQuerry: up\n', (file) => run('validate', file));
    await expect(refused).rejects.toMatchObject({ code: 'ERR_ADAPTER_CONFIG' });
  });

  test('says that there is no file', async () => {
    await expect(run('validate', '/nowhere/config.yaml')).rejects.toMatchObject({
      code: 'ERR_ADAPTER_CONFIG',
      place: { file: '/nowhere/config.yaml' },
    });
  });
});

describe('bellows adapter explain', () => {
  test('names the rule, the path and the query', async () => {
    const series = 'http_requests_total{namespace="shop",pod="web-1"}';
    const { printed, exitCode } = await withConfig(CONFIG, (file) =>
      run('explain', series, '--config', file),
    );
    expect(printed).toContain(`${series} is taken by rules[0].`);
    expect(printed).toContain('/namespaces/shop/pods/web-1/http_requests_per_second');
    expect(printed).toContain(
      'asks sum(rate(http_requests_total{namespace="shop",pod="web-1"}[2m])) by (pod)',
    );
    expect(exitCode).toBe(0);
  });

  test('says why no rule takes it, and ends with 1', async () => {
    const { printed, exitCode } = await withConfig(CONFIG, (file) =>
      run('explain', 'up{job="web"}', '--config', file),
    );
    expect(printed).toMatch(/^No rule takes up\{job="web"\}\./);
    expect(printed).toMatch(
      /rules\[0\] \(.*config\.yaml:2:\d+\): seriesQuery asks for __name__="http_requests_total"/,
    );
    expect(exitCode).toBe(1);
  });
});
