import type { LabelSelector } from '@bellows/core';

/**
 * Writes a label selector as Go's `%+v` prints the pointer to it, which is how the HPA's messages name
 * External metrics (their labels are ASCII, being valid): `nil`, or `&LabelSelector{MatchLabels:map[string]string{queue: orders,},…}`.
 */
export function labelSelectorText(selector: LabelSelector | undefined): string {
  if (selector === undefined) return 'nil';
  const labels = Object.entries(selector.matchLabels ?? {})
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, value]) => `${key}: ${value},`)
    .join('');
  const expressions = (selector.matchExpressions ?? [])
    .map(
      ({ key, operator, values }) =>
        `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${(values ?? []).join(' ')}],},`,
    )
    .join('');
  return `&LabelSelector{MatchLabels:map[string]string{${labels}},MatchExpressions:[]LabelSelectorRequirement{${expressions}},}`;
}
