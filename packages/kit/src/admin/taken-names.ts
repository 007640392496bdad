import type { MetricFamily } from '@bellows/exposition';

/** What a metric says it is. */
export type Definition = Pick<MetricFamily, 'name' | 'help' | 'type'>;

/** The names of lines that are on a page already, each with the metric it is of. */
export class TakenNames {
  readonly #owners = new Map<string, string>();

  /**
   * Takes the names of a metric's lines, unless one of them is taken.
   * @returns whose they were: nobody's, those of a metric with the same help and type, or those of another.
   */
  take(lines: Iterable<string>, { name, help = '', type }: Definition): 'free' | 'same' | 'other' {
    const definition = `${type} ${name} ${help}`;
    const names = [...lines];
    const owner = names.map((line) => this.#owners.get(line)).find((text) => text !== undefined);
    if (owner !== undefined) return owner === definition ? 'same' : 'other';
    for (const line of names) this.#owners.set(line, definition);
    return 'free';
  }
}
