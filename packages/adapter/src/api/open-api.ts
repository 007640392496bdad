import type { ServedGroup } from './discovery.ts';

/** One path for each kind that a group answers with: the API server drops schemas that no path names. */
const KINDS: Readonly<Record<string, readonly (readonly [path: string, kind: string])[]>> = {
  'custom.metrics.k8s.io': [['', 'MetricValueList']],
  'external.metrics.k8s.io': [['', 'ExternalMetricValueList']],
  'metrics.k8s.io': [
    ['nodes', 'NodeMetricsList'],
    ['pods', 'PodMetricsList'],
  ],
};
const INFO = { title: 'Kubernetes metrics APIs', version: 'v0' };

/**
 * `GET /openapi/v2`: small on purpose. Schemas say `object` and no more, so that they conflict with no other server's, whose documents
 * the API server puts together with this one.
 */
export function openApiV2(groups: readonly ServedGroup[]): object {
  const all = groups.flatMap(versionsOf);
  return {
    swagger: '2.0',
    info: INFO,
    paths: Object.assign({}, ...all.map((one) => pathsOf(one, '#/definitions/'))) as object,
    definitions: Object.assign({}, ...all.map(schemasOf)) as object,
  };
}

/** `GET /openapi/v3`: where the document of each version is. @param hashOf - Changes when that document does. */
export function openApiV3Index(
  groups: readonly ServedGroup[],
  hashOf: (group: string, version: string) => string,
): object {
  const entries = groups.flatMap(versionsOf).map(({ group, version }) => {
    const path = `apis/${group}/${version}`;
    const serverRelativeURL = `/openapi/v3/${path}?hash=${hashOf(group, version)}`;
    return [path, { serverRelativeURL }];
  });
  return { paths: Object.fromEntries(entries) as object };
}

/** `GET /openapi/v3/apis/GROUP/VERSION`. */
export function openApiV3(group: string, version: string): object {
  const one = { group, version };
  return {
    openapi: '3.0.0',
    info: INFO,
    paths: pathsOf(one, '#/components/schemas/'),
    components: { schemas: schemasOf(one) },
  };
}

interface GroupVersion {
  readonly group: string;
  readonly version: string;
}

function versionsOf({ group, versions }: ServedGroup): GroupVersion[] {
  return versions.map(({ version }) => ({ group, version }));
}

/** Such as `io.k8s.metrics.pkg.apis.custom_metrics.v1beta2.MetricValueList`, the name of upstream's Go type. */
function schemaName({ group, version }: GroupVersion, kind: string): string {
  const name = group.replace('.k8s.io', '').replace('.', '_');
  return `io.k8s.metrics.pkg.apis.${name}.${version}.${kind}`;
}

function schemasOf(one: GroupVersion): object {
  const schemas = (KINDS[one.group] ?? []).map(([, kind]) => [
    schemaName(one, kind),
    { type: 'object', 'x-kubernetes-group-version-kind': [{ ...one, kind }] },
  ]);
  return Object.fromEntries(schemas) as object;
}

function pathsOf(one: GroupVersion, prefix: '#/definitions/' | '#/components/schemas/'): object {
  const paths = (KINDS[one.group] ?? []).map(([path, kind]) => {
    const schema = { $ref: prefix + schemaName(one, kind) };
    const isV2 = prefix === '#/definitions/';
    const content = isV2 ? { schema } : { content: { 'application/json': { schema } } };
    const get = {
      operationId: `get ${kind} of ${one.group} ${one.version}`.replace(/[^A-Za-z0-9]+/g, '-'),
      responses: { '200': { description: 'OK', ...content } },
    };
    return [`/apis/${one.group}/${one.version}/${path}`, { get }];
  });
  return Object.fromEntries(paths) as object;
}
