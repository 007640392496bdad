import type { ManifestObject } from './kinds/kinds.ts';
import { locateBySource, type LocateField } from './objects/locate-field.ts';
import type { IgnoredObject } from './objects/ignored-object.ts';
import type { ManifestWarning } from './problem/manifest-warning.ts';
import type { Problem } from './problem/problem.ts';
import { checkAutoscalers } from './references/check-autoscalers.ts';
import { checkContainers } from './references/check-containers.ts';
import { checkSelectors } from './references/check-selectors.ts';
import { Findings, type ReferenceScope } from './references/findings.ts';

/** Objects to look at together: a `ManifestSet`, or objects alone. */
export interface CheckedObjects {
  /** Those that are checked, and that the others may refer to. */
  readonly objects: readonly ManifestObject[];
  /** Objects of kinds that are not acted on; what refers to them is no mistake. @defaultValue none */
  readonly ignored?: readonly IgnoredObject[];
  /** Finds a field's line. @defaultValue the first line of its object */
  readonly locate?: LocateField;
}

/** What does not fit together. */
export interface CheckedReferences {
  /** With these, part of the manifests could never work: pass them to `ManifestError`. */
  readonly problems: readonly Problem[];
  /** Does not stop a run: most likely a mistake, or something that does not work here. */
  readonly warnings: readonly ManifestWarning[];
}

/**
 * Looks at what objects say about each other, which the API server does not: targets of HPAs, selectors of
 * Services and budgets, names of ports, sources of variables, requests behind a utilization, replicas next
 * to an HPA.
 */
export function checkReferences({
  objects,
  ignored = [],
  locate = locateBySource,
}: CheckedObjects): CheckedReferences {
  return checkScope({ objects, ignored, locate, unread: [], isSound: () => true });
}

/** {@link checkReferences} where objects may have problems of their own, or be missing. */
export function checkScope(scope: ReferenceScope): CheckedReferences {
  const findings = new Findings(scope);
  checkAutoscalers(scope, findings);
  checkSelectors(scope, findings);
  checkContainers(scope, findings);
  return { problems: findings.problems, warnings: findings.warnings };
}
