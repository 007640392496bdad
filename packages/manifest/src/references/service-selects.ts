import { selectorFromLabelSelector } from '@bellows/core';
import type { Service } from '../kinds/kinds.ts';

/**
 * Whether a Service's selector takes pods with these labels. One without selector takes none: its
 * endpoints are not made by the controller.
 *
 * Labels alone are compared: the pods must be of the Service's namespace.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/endpointslice/endpointslice_controller.go syncService
 */
export function serviceSelects(
  { spec: { selector } }: Service,
  labels: Readonly<Record<string, string>>,
): boolean {
  if (Object.keys(selector).length === 0) return false;
  return selectorFromLabelSelector({ matchLabels: selector }).matches(labels);
}
