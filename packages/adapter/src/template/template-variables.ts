import type { GoValue } from './go-value.ts';

interface Variable {
  readonly name: string;
  value: GoValue;
}

/** The variables of a template under way: a block's end with it, and the inner one of two with a name is meant. */
export class TemplateVariables {
  readonly #variables: Variable[];

  /** @param data - What `$` is. */
  constructor(data: GoValue) {
    this.#variables = [{ name: '$', value: data }];
  }

  /** Runs a block: what it declares is gone afterwards. */
  scoped<T>(run: () => T): T {
    const count = this.#variables.length;
    const result = run();
    this.#variables.length = count;
    return result;
  }

  /** @param assigns - Whether a variable that exists takes the value; else one is declared. */
  set(name: string, value: GoValue, assigns: boolean): void {
    if (!assigns) {
      this.#variables.push({ name, value });
      return;
    }
    const variable = this.#find(name);
    if (variable !== undefined) variable.value = value;
  }

  /** The value; undefined for no variable, which the parser lets nobody name. */
  get(name: string): GoValue {
    return this.#find(name)?.value;
  }

  #find(name: string): Variable | undefined {
    return this.#variables.findLast((known) => known.name === name);
  }
}
