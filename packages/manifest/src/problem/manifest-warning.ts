import { formatPlace, type Place } from '@bellows/core';

/** Something in the manifests that does not stop a run, but that its author should know. */
export interface ManifestWarning {
  /**
   * What kind of remark it is:
   * - `ignored-field`: a field of Kubernetes that Bellows does not act on;
   * - `ignored-kind`: an object of a kind that Bellows does not act on;
   * - `yaml`: text that Kubernetes reads otherwise than it looks;
   * - `kubernetes`: fine here, but a cluster refuses it;
   * - `reference`: objects that do not fit together.
   */
  readonly type: 'ignored-field' | 'ignored-kind' | 'yaml' | 'kubernetes' | 'reference';
  /** One sentence. */
  readonly message: string;
  /** Every place it is about; at least one. */
  readonly places: readonly Place[];
  /** What can be done about it. */
  readonly remedy?: string;
}

/** Places that are spelled out in one line. */
const SHOWN_PLACES = 3;

/** A warning as one line: message, remedy, and its first places in brackets. */
export function formatWarning({ message, remedy, places }: ManifestWarning): string {
  const shown = places.slice(0, SHOWN_PLACES).map(({ file, line, column }) =>
    formatPlace({
      ...(file !== undefined && { file }),
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
    }),
  );
  const rest = places.length - shown.length;
  const where = [...shown, ...(rest > 0 ? [`${rest} more`] : [])].filter((text) => text !== '');
  return [message, remedy, where.length > 0 ? `(${where.join(', ')})` : undefined]
    .filter((part) => part !== undefined)
    .join(' ');
}
