import type { ApiPath } from '../api/api-path.ts';
import type { RequestAttributes } from './authorizer.ts';

const VERBS: Readonly<Record<string, string>> = {
  GET: 'get',
  HEAD: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};
const NOTHING = {
  resource: '',
  subresource: '',
  apiGroup: '',
  version: '',
  name: '',
  namespace: '',
};

/**
 * What a request does, in RBAC's terms. Made from the same reading of the path that is served, so that nothing is allowed as one thing
 * and served as another.
 *
 * @param path - As it came, for what is no resource.
 * @see kubernetes/apiserver v0.37.2 pkg/endpoints/request/requestinfo.go
 */
export function requestAttributes(method: string, path: string, api: ApiPath): RequestAttributes {
  const verb = VERBS[method] ?? '';
  switch (api.kind) {
    case 'custom': {
      const { resource, metric, version } = api;
      const [group, plural] = [resource.group, resource.resource];
      const attributes = { ...NOTHING, verb, path, apiGroup: 'custom.metrics.k8s.io', version };
      // A namespace's own metric is a resource `metrics` in that namespace.
      if (group === '' && plural === 'namespaces' && api.namespace === '') {
        return { ...attributes, resource: 'metrics', name: metric, namespace: api.name };
      }
      return {
        ...attributes,
        resource: group === '' ? plural : `${plural}.${group}`,
        subresource: metric,
        name: api.name,
        namespace: api.namespace,
      };
    }
    case 'external': {
      const { metric: resource, namespace } = api;
      const version = 'v1beta1';
      const apiGroup = 'external.metrics.k8s.io';
      return { ...NOTHING, verb: ofMany(verb), path, apiGroup, version, resource, namespace };
    }
    case 'resource': {
      const { resource, namespace, name } = api;
      const ofName = name === '' ? ofMany(verb) : verb;
      const apiGroup = 'metrics.k8s.io';
      return {
        ...{ ...NOTHING, verb: ofName, path, apiGroup, version: 'v1beta1' },
        ...{ resource, name, namespace },
      };
    }
    case 'groups':
    case 'group':
    case 'resources':
    case 'unknown':
      return { ...NOTHING, verb: method.toLowerCase(), path };
  }
}

function ofMany(verb: string): string {
  if (verb === 'get') return 'list';
  return verb === 'delete' ? 'deletecollection' : verb;
}
