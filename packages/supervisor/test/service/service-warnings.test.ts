import { expect, test } from 'vitest';
import { runObjects } from '../../src/run/run-objects.ts';
import { serviceWarnings } from '../../src/service/service-warnings.ts';
import { deployment, service } from '../fixtures/objects.ts';

const warningsOf = (spec: Parameters<typeof service>[0]): string[] =>
  serviceWarnings(runObjects([deployment(), service(spec)], false)).map(
    ({ about, event }) => `${about} ${event.message}`,
  );

test('a Service that selects a Deployment’s pods needs no warning', () => {
  expect(warningsOf({})).toEqual([]);
});

test.each<[string, Parameters<typeof service>[0], RegExp]>([
  [
    'whose selector matches nothing',
    { selector: { app: 'shp' } },
    /^service\/shop its selector app=shp matches the pods of no Deployment/,
  ],
  ['without selector', { selector: {} }, /^service\/shop it has no selector/],
  [
    'without TCP port',
    { ports: [{ name: '', port: 53, targetPort: 53, protocol: 'UDP' }] },
    /^service\/shop it has no TCP port/,
  ],
])('a Service %s is warned about', (_, spec, expected) => {
  expect(warningsOf(spec)).toEqual([expect.stringMatching(expected)]);
});
