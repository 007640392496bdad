/** A resource of the cluster, as its discovery lists it. */
export interface ApiResource {
  /** Empty for the core group. */
  readonly group: string;
  /** Of its group, such as `v1`. */
  readonly version: string;
  /** Plural, such as `pods`. */
  readonly name: string;
  /** Empty where the server lists none; then it is the kind in lower case. */
  readonly singular: string;
  /** Such as `Pod`. */
  readonly kind: string;
  /** Whether its objects are in namespaces. */
  readonly namespaced: boolean;
}

/** Group and plural name of a resource. */
export interface GroupResource {
  /** Such as `apps`; empty for the core group. */
  readonly group: string;
  /** Such as `deployments`. */
  readonly resource: string;
}

/** `pods`, or `deployments.apps`: how a resource stands in a path of the metrics API. */
export function formatGroupResource({ group, resource }: GroupResource): string {
  return group === '' ? resource : `${resource}.${group}`;
}

/** Splits `deployments.apps` at its first dot. */
export function parseGroupResource(text: string): GroupResource {
  const dot = text.indexOf('.');
  return dot < 0
    ? { group: '', resource: text }
    : { group: text.slice(dot + 1), resource: text.slice(0, dot) };
}

/**
 * Finds resources of the cluster by plural or singular name.
 *
 * @see kubernetes/client-go v0.37.2 restmapper/discovery.go, kubernetes/apimachinery pkg/api/meta
 */
export class ResourceMapper {
  /** By plural and by singular name, each in the order of discovery. */
  readonly #byName = new Map<string, ApiResource[]>();

  /** @param resources - In the order of discovery, preferred versions only: the first that fits wins. */
  constructor(resources: readonly ApiResource[]) {
    for (const one of resources) {
      for (const name of new Set([one.name, singularOf(one)])) this.#add(name, one);
    }
  }

  #add(name: string, resource: ApiResource): void {
    const known = this.#byName.get(name);
    if (known === undefined) this.#byName.set(name, [resource]);
    else known.push(resource);
  }

  /**
   * The resource that is meant, in any case, with an empty group meaning any and a group's beginning enough where no group has that
   * very name; undefined if the cluster has none.
   */
  find({ group, resource }: GroupResource): ApiResource | undefined {
    const named = this.#byName.get(resource.toLowerCase()) ?? [];
    const exact = group === '' ? undefined : named.find((one) => one.group === group);
    return exact ?? named.find((one) => one.group.startsWith(group));
  }

  /** Singular of a plural name, of the first group that has it; undefined if none has. */
  singular(plural: string): string | undefined {
    const found = this.#byName.get(plural)?.find((one) => one.name === plural);
    return found === undefined ? undefined : singularOf(found);
  }
}

function singularOf({ singular, kind }: ApiResource): string {
  return singular === '' ? kind.toLowerCase() : singular;
}
