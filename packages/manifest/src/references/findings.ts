import type { Deployment, ManifestObject } from '../kinds/kinds.ts';
import type { LocateField } from '../objects/locate-field.ts';
import type { IgnoredObject } from '../objects/ignored-object.ts';
import type { UnreadObject } from '../objects/unread-object.ts';
import type { ManifestWarning } from '../problem/manifest-warning.ts';
import type { Problem } from '../problem/problem.ts';

/** The objects that references are looked up in. */
export interface ReferenceScope {
  readonly objects: readonly ManifestObject[];
  readonly ignored: readonly IgnoredObject[];
  readonly locate: LocateField;
  /** Objects that may be what others refer to, though they are not among {@link objects} under that name. */
  readonly unread: readonly UnreadObject[];
  /** Whether a field of an object is what its author meant; a problem is only told if all it is about is. */
  readonly isSound: (object: ManifestObject, field: string) => boolean;
}

/** Whether an object that could not be read may be of this kind, namespace and name. */
export function mayBeUnread(
  { unread }: ReferenceScope,
  wanted: { readonly kind: string; readonly namespace: string; readonly name?: string },
): boolean {
  return unread.some(
    ({ kind = wanted.kind, namespace = wanted.namespace, name = wanted.name }) =>
      kind === wanted.kind &&
      namespace === wanted.namespace &&
      (wanted.name === undefined || name === wanted.name),
  );
}

/** Collects what does not fit together. */
export class Findings {
  readonly problems: Problem[] = [];
  readonly warnings: ManifestWarning[] = [];
  readonly #scope: ReferenceScope;

  constructor(scope: ReferenceScope) {
    this.#scope = scope;
  }

  /** A reference with which nothing sensible can be run; not told if the field has a problem of its own. */
  problem(object: ManifestObject, field: string, message: string, remedy: string): void {
    if (!this.#scope.isSound(object, field)) return;
    const { place } = this.#scope.locate(object, field);
    this.problems.push({ place, object: describeObject(object), message, remedy });
  }

  /** Something that runs, but not as its author will expect. */
  warning(object: ManifestObject, field: string, message: string, remedy: string): void {
    const { place } = this.#scope.locate(object, field);
    const text = `${describeObject(object)}: ${message}`;
    this.warnings.push({ type: 'reference', message: text, places: [place], remedy });
  }
}

/** Kind and name, as `Deployment shop`; with its namespace where that is not `default`. */
export function describeObject({ kind, metadata: { name, namespace } }: ManifestObject): string {
  return namespace === 'default' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** The objects of one kind in one namespace. */
export function objectsOf<Kind extends ManifestObject['kind']>(
  { objects }: ReferenceScope,
  kind: Kind,
  namespace?: string,
): readonly Extract<ManifestObject, { kind: Kind }>[] {
  return objects.filter(
    (object): object is Extract<ManifestObject, { kind: Kind }> =>
      object.kind === kind && (namespace === undefined || object.metadata.namespace === namespace),
  );
}

/** Whether a field, such as `ports`, of every container of a Deployment is what its author meant. */
export function areContainersSound(
  { isSound }: ReferenceScope,
  deployment: Deployment,
  ...fields: readonly string[]
): boolean {
  const { containers } = deployment.spec.template.spec;
  return containers.every((_, index) =>
    fields.every((field) =>
      isSound(deployment, `spec.template.spec.containers[${index}].${field}`),
    ),
  );
}

/** Labels of a Deployment's pods. */
export function podLabels(deployment: Deployment): Readonly<Record<string, string>> {
  return deployment.spec.template.metadata.labels;
}

/** `Did you mean "x"? ` or nothing. */
export function didYouMean(nearest: string | undefined): string {
  return nearest === undefined ? '' : `Did you mean ${JSON.stringify(nearest)}? `;
}
