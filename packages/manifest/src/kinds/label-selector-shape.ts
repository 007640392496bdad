import type { LabelSelector, LabelSelectorRequirement } from '@bellows/core';
import { listOf, stringListShape, stringMapShape } from '../shape/collection-shapes.ts';
import { record } from '../shape/record-shape.ts';
import { enumShape, stringShape } from '../shape/scalar-shapes.ts';
import { optional, plain, type Shape } from '../shape/shape.ts';

const requirementShape: Shape<LabelSelectorRequirement> = record('a map with key and operator', {
  key: plain(stringShape),
  operator: plain(enumShape(['In', 'NotIn', 'Exists', 'DoesNotExist'], 'In')),
  values: optional(stringListShape),
});

/** `metav1.LabelSelector`. */
export const labelSelectorShape: Shape<LabelSelector> = record(
  'a map with matchLabels or matchExpressions',
  {
    matchLabels: optional(stringMapShape),
    matchExpressions: optional(listOf(requirementShape)),
  },
);
