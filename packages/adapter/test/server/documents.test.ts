import { describe, expect, test } from 'vitest';
import { listedExternalMetrics, type ServedGroup } from '../../src/api/discovery.ts';
import { Documents } from '../../src/server/documents.ts';

const GROUP = 'external.metrics.k8s.io';
const AGGREGATED = (version: string): string =>
  `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;

function groupsOf(names: readonly string[]): ServedGroup[] {
  return [
    { group: GROUP, versions: [{ version: 'v1beta1', resources: listedExternalMetrics(names) }] },
  ];
}

function textsOf(documents: Documents): Record<string, string> {
  const answers = {
    legacy: documents.groups(''),
    v2: documents.groups(AGGREGATED('v2')),
    v2beta1: documents.groups(AGGREGATED('v2beta1')),
    group: documents.group(GROUP),
    resources: documents.resources(GROUP, 'v1beta1'),
    openApiV2: documents.openApiV2(),
    openApiV3Index: documents.openApiV3Index(),
    openApiV3: documents.openApiV3(GROUP, 'v1beta1'),
  };
  return Object.fromEntries(
    Object.entries(answers).map(([name, { body }]) => [name, Buffer.from(body).toString()]),
  );
}

describe('documents that are kept', () => {
  test('are each the one that was asked for, whichever was asked for before', () => {
    const documents = new Documents(
      () => groupsOf(['lag']),
      () => 0,
    );
    const texts = textsOf(documents);
    expect(new Set(Object.values(texts)).size).toBe(Object.keys(texts).length);
    expect(textsOf(documents)).toEqual(texts);
    expect(texts['v2']).toContain('"kind":"APIGroupDiscoveryList"');
    expect(texts['v2beta1']).toContain('"apiVersion":"apidiscovery.k8s.io/v2beta1"');
    expect(texts['openApiV2']).toContain('"swagger":"2.0"');
    expect(texts['openApiV3Index']).toContain('/openapi/v3/apis/external.metrics.k8s.io/v1beta1');
    expect(texts['openApiV3']).toContain('"openapi":"3.0.0"');
  });

  test('are made again after a second, and no sooner', () => {
    let [now, reads, names] = [0, 0, ['lag']];
    const documents = new Documents(
      () => {
        reads += 1;
        return groupsOf(names);
      },
      () => now,
    );
    const before = documents.resources(GROUP, 'v1beta1');
    names = ['lag', 'depth'];
    now = 999;
    expect(documents.resources(GROUP, 'v1beta1')).toBe(before);
    expect(reads).toBe(1);
    now = 1_000;
    const after = documents.resources(GROUP, 'v1beta1');
    expect(Buffer.from(after.body).toString()).toContain('"name":"depth"');
    expect(after.etag).not.toBe(before.etag);
  });

  test('are not made of names that are not there', () => {
    const documents = new Documents(() => groupsOf([]));
    expect(() => documents.group('other')).toThrow('could not find the requested resource');
    expect(() => documents.openApiV3(GROUP, 'v9')).toThrow('could not find');
    expect(Buffer.from(documents.resources(GROUP, 'v1beta1').body).toString()).toContain(
      '"name":"externalmetrics"',
    );
  });
});
