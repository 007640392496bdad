import {
  histogramSamples,
  negotiateFormat,
  writeExposition,
  type MetricFamily,
} from '@bellows/exposition';
import { machineHas } from '@bellows/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  buildExpositionOracle,
  findGo,
  lintPage,
  startExpositionOracle,
} from '../../../src/fuzz/exposition/exposition-oracle.ts';

/** Building it for the first time fetches Prometheus. */
const BUILD_TIMEOUT_MS = 600_000;

/** Names and labels outside of the old alphabet. */
const FAMILIES: readonly MetricFamily[] = [
  {
    name: 'größe.bytes',
    type: 'gauge',
    help: 'A size.',
    samples: [{ name: 'größe.bytes', labels: { 'server.ort': 'Köln "\\\n' }, value: 1e21 }],
  },
  {
    name: 'http.server.requests_total',
    type: 'counter',
    help: 'Requests.',
    samples: [{ name: 'http.server.requests_total', labels: { 日: '本' }, value: 3 }],
  },
  {
    name: 'http.server.wait_seconds',
    type: 'histogram',
    help: 'Waiting.',
    samples: histogramSamples('http.server.wait_seconds', {
      labels: { 'a.b': 'x' },
      buckets: [{ upperBound: 0.5, count: 2 }],
      sum: 4.5,
      count: 4,
    }),
  },
];

const written = (accept: string): string => writeExposition(FAMILIES, negotiateFormat(accept));

describe.runIf(machineHas('go'))("Prometheus' own reader and linter", () => {
  let program: string;
  beforeAll(() => {
    program = buildExpositionOracle(findGo());
  }, BUILD_TIMEOUT_MS);

  test.each(['1.0.0;escaping=allow-utf-8', '0.0.4;escaping=allow-utf-8', '0.0.4'])(
    'the linter accepts what is written as text %s',
    (version) => {
      expect(lintPage(program, written(`text/plain;version=${version}`))).toBe('');
    },
  );

  test('the linter names what is wrong', () => {
    expect(lintPage(program, '# TYPE "a.b" counter\n{"a.b"} 1\n')).toContain('no help text');
    expect(lintPage(program, '{"a.b" 1\n')).toContain('error while linting');
  });

  test('the reader finds in OpenMetrics what was written', async () => {
    const oracle = startExpositionOracle(program);
    const page = written('application/openmetrics-text;version=1.0.0;escaping=allow-utf-8');
    const [answer] = await oracle.read([Buffer.from(page)], 'om');
    await oracle.stop();
    expect(answer?.error).toBeUndefined();
    expect(JSON.stringify(answer?.events)).toContain('größe.bytes');
  });
});
