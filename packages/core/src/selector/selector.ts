import {
  formatRequirement,
  requirementMatches,
  type LabelRequirement,
} from './label-requirement.ts';

/** A label selector ready to match: requirements that must all hold. Immutable. */
export class Selector {
  /** Sorted by key; those of one key in their order. */
  readonly requirements: readonly LabelRequirement[];
  /** Whether it selects nothing at all: what an absent `LabelSelector` means. */
  readonly selectsNothing: boolean;

  private constructor(requirements: readonly LabelRequirement[], selectsNothing: boolean) {
    this.requirements = requirements;
    this.selectsNothing = selectsNothing;
  }

  /** Makes a selector; without requirements it selects everything. */
  static of(requirements: readonly LabelRequirement[]): Selector {
    const sorted = requirements.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    return new Selector(sorted, false);
  }

  /** The selector that selects nothing. */
  static nothing(): Selector {
    return new Selector([], true);
  }

  /** Whether it selects everything. */
  get isEmpty(): boolean {
    return !this.selectsNothing && this.requirements.length === 0;
  }

  /** Whether all requirements hold for the labels. */
  matches(labels: Readonly<Record<string, string>>): boolean {
    if (this.selectsNothing) return false;
    return this.requirements.every((requirement) => requirementMatches(requirement, labels));
  }

  /** The selector's text, such as `app=shop,tier in (db,web)`; empty if it selects everything or nothing. */
  toString(): string {
    return this.requirements.map(formatRequirement).join(',');
  }
}
