import type { LabelSelector } from '@bellows/core';
import { succeed, type Outcome } from './metric-outcome.ts';
export function checkLabelSelector(selector: LabelSelector | undefined): string | undefined {
  void selector;
  return undefined;
}
export function parseSelectorText(
  text: string,
): Outcome<(labels: Readonly<Record<string, string>>) => boolean> {
  return succeed((labels) => Object.entries(labels).some(([k, v]) => `${k}=${v}` === text));
}
