import { RE2JS, type Matcher } from 're2js';

/** A reference in an expansion: `$$`, `${name}` or `$name`, whose name is as long as can be. */
const REFERENCE = /\$(?:(\$)|\{([A-Za-z0-9_]+)\}|([A-Za-z0-9_]+))/g;

/** An expression of Go's `regexp`: RE2's syntax, found anywhere in a text, in time that grows with the text alone. */
export class GoRegExp {
  readonly source: string;
  readonly #expression: RE2JS;

  /** @throws Error with RE2's words when the expression cannot be read. */
  constructor(source: string) {
    this.source = source;
    this.#expression = RE2JS.compile(source);
  }

  /** Groups without the whole match. */
  get groupCount(): number {
    return this.#expression.groupCount();
  }

  /** Whether it is found in the text. */
  test(text: string): boolean {
    return this.#expression.matcher(text).find();
  }

  /** Texts of the named groups of the first match, or undefined if there is none. */
  groups(text: string): Readonly<Record<string, string>> | undefined {
    const matcher = this.#expression.matcher(text);
    if (!matcher.find()) return undefined;
    const names = Object.keys(this.#expression.namedGroups());
    return Object.fromEntries(names.map((name) => [name, matcher.group(name) ?? '']));
  }

  /**
   * What `template` makes of the first match alone, or undefined if there is none. An unknown group is empty.
   *
   * @see golang/go go1.26 src/regexp/regexp.go Expand
   */
  expand(text: string, template: string): string | undefined {
    const matcher = this.#expression.matcher(text);
    if (!matcher.find()) return undefined;
    return template.replace(REFERENCE, (_all, dollar?: string, braced?: string, bare?: string) =>
      dollar === undefined ? this.#group(matcher, braced ?? bare ?? '') : '$',
    );
  }

  #group(matcher: Matcher, name: string): string {
    if (/^\d+$/.test(name)) {
      const index = Number(name);
      return index <= this.groupCount ? (matcher.group(index) ?? '') : '';
    }
    return name in this.#expression.namedGroups() ? (matcher.group(name) ?? '') : '';
  }
}
