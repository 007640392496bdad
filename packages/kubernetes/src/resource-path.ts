import { BellowsError } from '@bellows/core';

/** What {@link resourcePath} makes a path from. */
export interface ResourceLocation {
  /** Group and version, such as `v1` or `apps/v1`. */
  readonly apiVersion: string;
  /** The resource's plural name in lower case, such as `pods`. */
  readonly resource: string;
  /** Where the object is; all namespaces, or none for kinds without, when absent. */
  readonly namespace?: string;
  /** One object's name; the collection when absent. */
  readonly name?: string;
  /** A part of the object, such as `status` or `scale`; needs `name`. */
  readonly subresource?: string;
}

/**
 * The path of a resource on the API server, such as `/apis/apps/v1/namespaces/shop/deployments/web/scale`. Every part is
 * percent-encoded, so that no name can lead elsewhere.
 *
 * @throws BellowsError `ERR_CORE_ARGUMENT` for an empty part, `.` or `..`, or a subresource without a name.
 */
export function resourcePath(location: ResourceLocation): string {
  const { apiVersion, resource, namespace, name, subresource } = location;
  if (subresource !== undefined && name === undefined) {
    throw new BellowsError('ERR_CORE_ARGUMENT', `subresource ${subresource} without a name`);
  }
  const parts = [
    apiVersion.includes('/') ? 'apis' : 'api',
    ...apiVersion.split('/'),
    ...(namespace === undefined ? [] : ['namespaces', namespace]),
    resource,
    ...(name === undefined ? [] : [name]),
    ...(subresource === undefined ? [] : [subresource]),
  ];
  return `/${parts.map(encodePart).join('/')}`;
}

function encodePart(part: string): string {
  if (part === '' || part === '.' || part === '..') {
    throw new BellowsError(
      'ERR_CORE_ARGUMENT',
      `a path on the API server has no part ${JSON.stringify(part)}`,
    );
  }
  return encodeURIComponent(part);
}
