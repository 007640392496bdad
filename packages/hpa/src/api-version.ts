/**
 * Why a `scaleTargetRef.apiVersion` cannot be read, as Kubernetes words it; undefined if it can.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/runtime/schema/group_version.go ParseGroupVersion
 */
export function apiVersionProblem(apiVersion: string): string | undefined {
  const slash = apiVersion.indexOf('/');
  const hasTooManyParts = slash >= 0 && apiVersion.includes('/', slash + 1);
  return hasTooManyParts ? `unexpected GroupVersion string: ${apiVersion}` : undefined;
}

/** The group of an apiVersion, such as `apps` of `apps/v1`; empty for the core group. */
export function apiGroup(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
