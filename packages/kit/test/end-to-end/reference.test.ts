import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseExposition } from '@bellows/exposition';
import { environmentName } from '../../src/options/environment-name.ts';
import { normalizeOptions, OPTION_NAMES } from '../../src/options/normalize-options.ts';
import { fetchText } from '../fixtures/fetch-text.ts';
import { runService } from '../fixtures/run-service.ts';

const readDocument = (name: string): string =>
  readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');

test('the reference lists the metrics that a service has, with type and labels', async () => {
  await using service = await runService({});
  const { body } = await fetchText(service.adminPort, '/metrics');
  const exposed = [...parseExposition(Buffer.from(body))].map(({ name, type, samples }) => {
    const labels = new Set(samples.flatMap((sample) => Object.keys(sample.labels)));
    labels.delete('le');
    // It has no series before its first overflow.
    if (name === 'bellows_metric_overflow_total') labels.add('metric');
    return `${name}${labels.size > 0 ? `{${[...labels].join(',')}}` : ''} ${type}`;
  });
  const rows = readDocument('reference/metrics.md').matchAll(/^\| `([^`]+)` +\| (\w+) /gm);
  const documented = [...rows].map(([, metric, type]) => `${metric!} ${type!}`);
  expect(documented.sort()).toEqual(exposed.sort());
});

test('the guide lists every option with its variable and default', () => {
  const rows = readDocument('guides/kit.md').matchAll(
    /^\| `(\w+)` +\| `(BELLOWS_\w+)` +\| (.+?) +\|/gm,
  );
  const documented = [...rows].map(([, option, variable, value]) => [option, variable, value]);
  const defaults = normalizeOptions({}, {});
  const derived: Record<string, string> = {
    adminHost: '`BELLOWS_POD_IP`, else all',
    drainDelayMaxSeconds: '`drainDelaySeconds` + 5',
  };
  expect(documented).toEqual(
    OPTION_NAMES.map((name) => [
      name,
      environmentName(name),
      derived[name] ?? String(defaults[name]),
    ]),
  );
});
