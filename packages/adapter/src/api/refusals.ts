import type { Selector } from '@bellows/core';
import { formatGroupResource, type GroupResource } from '../naming/resource-mapper.ts';
import type { Status } from './status.ts';

/** Who asked for what. */
export interface AccessRequest {
  /** Name of the user who asked. */
  readonly user: string;
  /** Such as `get` or `list`; of a path, the HTTP method in lower case. */
  readonly verb: string;
  /** Empty for a path that is no resource. */
  readonly resource: string;
  /** Empty: the resource itself. */
  readonly subresource: string;
  /** Such as `custom.metrics.k8s.io`. */
  readonly apiGroup: string;
  /** Empty: no object was named. */
  readonly name: string;
  /** Empty: the cluster. */
  readonly namespace: string;
  /** Path that is no resource, such as `/metrics`. */
  readonly path: string;
}

/**
 * Refusals in the words of Kubernetes' API servers.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/api/errors/errors.go
 * @see kubernetes-sigs/custom-metrics-apiserver v1.37.0 pkg/provider/errors.go
 */
export const refusals: {
  /** 404: there is no such metric. */
  readonly metricNotFound: (resource: GroupResource, metric: string) => Status;
  /** 404: the object has no value of the metric. */
  readonly metricNotFoundFor: (resource: GroupResource, metric: string, name: string) => Status;
  /** 404: none of its series is selected. */
  readonly metricNotFoundForSelector: (
    resource: GroupResource,
    metric: string,
    object: { readonly name: string; readonly selector: Selector },
  ) => Status;
  /** 404: there is no such object. */
  readonly notFound: (resource: GroupResource, name: string) => Status;
  /** 403: not this object. */
  readonly forbidden: (resource: GroupResource, name: string, reason: string) => Status;
  /** 403: the user may not do this; names user, verb and resource as RBAC does. */
  readonly notAuthorized: (request: AccessRequest, reason: string) => Status;
  /** 405: the resource does not know this verb. */
  readonly methodNotSupported: (resource: GroupResource, action: string) => Status;
  /** 400: what was sent cannot be read. */
  readonly badRequest: (reason: string) => Status;
  /** 500: we failed. The error goes to the client: no secret in it. */
  readonly internal: (error: string) => Status;
  /** 401: not known who asks; an empty reason becomes `not authorized`. */
  readonly unauthorized: (reason: string) => Status;
  /** 504: no answer in time. */
  readonly timeout: (message: string) => Status;
  /** 429: to be asked again after so many seconds. */
  readonly tooManyRequests: (message: string, retryAfterSeconds: number) => Status;
  /** 503: not now. */
  readonly serviceUnavailable: (reason: string) => Status;
} = {
  metricNotFound: (resource, metric) => unknownMetric(resource, metric),
  metricNotFoundFor: (resource, metric, name) => unknownMetric(resource, metric, ` ${name}`),
  metricNotFoundForSelector: (resource, metric, { name, selector }) =>
    unknownMetric(resource, metric, ` ${name} with selector ${selector.toString()}`),
  notFound: (resource, name) => ({
    code: 404,
    reason: 'NotFound',
    message: `${formatGroupResource(resource)} ${JSON.stringify(name)} not found`,
    details: about(resource, name),
  }),
  forbidden: (resource, name, reason) => ({
    code: 403,
    reason: 'Forbidden',
    message: `${subject(resource, name)}forbidden: ${reason}`,
    details: about(resource, name),
  }),
  notAuthorized,
  methodNotSupported: (resource, action) => ({
    code: 405,
    reason: 'MethodNotAllowed',
    message: `${action} is not supported on resources of kind "${formatGroupResource(resource)}"`,
    details: about(resource),
  }),
  badRequest: (reason) => ({ code: 400, reason: 'BadRequest', message: reason }),
  internal: (error) => ({
    code: 500,
    reason: 'InternalError',
    message: `Internal error occurred: ${error}`,
    details: { causes: [{ message: error }] },
  }),
  unauthorized: (reason) => ({
    code: 401,
    reason: 'Unauthorized',
    message: reason === '' ? 'not authorized' : reason,
  }),
  timeout: (message) => ({
    code: 504,
    reason: 'Timeout',
    message: `Timeout: ${message}`,
    details: {},
  }),
  tooManyRequests: (message, retryAfterSeconds) => ({
    code: 429,
    reason: 'TooManyRequests',
    message,
    details: { retryAfterSeconds },
  }),
  serviceUnavailable: (reason) => ({ code: 503, reason: 'ServiceUnavailable', message: reason }),
};

function unknownMetric(resource: GroupResource, metric: string, rest = ''): Status {
  const message = `the server could not find the metric ${metric} for ${formatGroupResource(resource)}${rest}`;
  return { code: 404, reason: 'NotFound', message };
}

function about({ group, resource }: GroupResource, name = ''): NonNullable<Status['details']> {
  return { name, group, kind: resource };
}

function subject(resource: GroupResource, name: string): string {
  const text = formatGroupResource(resource);
  if (text === '') return '';
  return name === '' ? `${text} is ` : `${text} ${JSON.stringify(name)} is `;
}

/** @see kubernetes/apiserver v0.37.2 pkg/endpoints/handlers/responsewriters/errors.go */
function notAuthorized(request: AccessRequest, reason: string): Status {
  const { user, verb, resource, subresource, apiGroup, name, namespace, path } = request;
  const who = `User ${JSON.stringify(user)} cannot ${verb}`;
  const rest = reason === '' ? '' : `: ${reason}`;
  if (resource === '') {
    const message = `forbidden: ${who} path ${JSON.stringify(path)}${rest}`;
    return { code: 403, reason: 'Forbidden', message, details: {} };
  }
  const what = subresource === '' ? resource : `${resource}/${subresource}`;
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  return refusals.forbidden(
    { group: apiGroup, resource },
    name,
    `${who} resource "${what}" in API group "${apiGroup}" ${where}${rest}`,
  );
}
