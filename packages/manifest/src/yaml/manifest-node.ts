/** A scalar after YAML's and Kubernetes' rules; `offset` is where its text begins. */
export type ScalarNode =
  | {
      readonly kind: 'string';
      readonly value: string;
      readonly offset: number;
      /** Whether it is a literal block (`|`), whose lines are lines of the file. */
      readonly isBlock?: boolean;
    }
  | {
      readonly kind: 'boolean';
      readonly value: boolean;
      readonly text: string;
      readonly offset: number;
    }
  | {
      readonly kind: 'number';
      readonly value: number;
      /** The number as JSON would spell it, exact also beyond 2^53. */
      readonly json: string;
      /** As it is written in the file. */
      readonly text: string;
      readonly offset: number;
    }
  | { readonly kind: 'null'; readonly offset: number };

/** A list. */
export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly ManifestNode[];
  readonly offset: number;
}

/** One key of a {@link MapNode} with its value. */
export interface MapEntry {
  readonly keyOffset: number;
  readonly value: ManifestNode;
}

/** A map; keys are text. */
export interface MapNode {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, MapEntry>;
  readonly offset: number;
}

/** A value of a document, with its place; aliases are written out and merge keys merged. */
export type ManifestNode = ScalarNode | ListNode | MapNode;

/** A node in words, for 'expected …, got …'. */
export function describeNode(node: ManifestNode): string {
  switch (node.kind) {
    case 'string':
      return node.value === '' ? 'an empty string' : 'a string';
    case 'boolean':
      return `the boolean ${node.text}`;
    case 'number':
      return `the number ${node.text}`;
    case 'null':
      return 'null';
    case 'list':
      return 'a list';
    case 'map':
      return 'a map';
  }
}
