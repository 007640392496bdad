import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap } from 'yaml';
import { MANIFEST_LIMITS } from '../limits.ts';
import type { ManifestNode, MapEntry, ScalarNode } from './manifest-node.ts';
import { resolvePlainScalar } from './resolve-plain-scalar.ts';
import { UnusableNode } from './unusable-node.ts';

const TAG_PREFIX = 'tag:yaml.org,2002:';
const PLAIN_TAGS = new Set(['int', 'float', 'bool', 'null']);

interface Converted {
  readonly node: ManifestNode;
  /** Values in it, aliases written out: what bounds an alias bomb. */
  readonly size: number;
}

/**
 * Turns one YAML document into values with places: aliases are shared, merge keys merged, scalars read as
 * Kubernetes reads them.
 */
export class NodeConverter {
  readonly #anchors = new Map<string, Converted>();
  readonly #report: (problem: UnusableNode) => void;
  #size = 0;

  /** @param report - Called for each duplicate key; the last value stays, as in Go's decoder. */
  constructor(report: (problem: UnusableNode) => void) {
    this.#report = report;
  }

  /** @throws {@link UnusableNode} for what is no value of a manifest, or beyond the limits. */
  convert(node: ParsedNode | null, depth = 0): ManifestNode {
    if (node === null) return { kind: 'null', offset: 0 };
    const offset = node.range[0];
    if (depth > MANIFEST_LIMITS.maxDepth) {
      throw new UnusableNode(offset, `Nested deeper than ${MANIFEST_LIMITS.maxDepth} levels`);
    }
    if (isAlias(node)) return this.#alias(node.source, offset);
    const before = this.#size;
    this.#count(1, offset);
    const converted = this.#own(node, depth);
    if (node.anchor !== undefined) {
      this.#anchors.set(node.anchor, { node: converted, size: this.#size - before });
    }
    return converted;
  }

  #own(node: ParsedNode, depth: number): ManifestNode {
    const offset = node.range[0];
    if (isScalar(node)) return convertScalar(node.value, node.type, node.tag, offset);
    if (isSeq(node)) {
      const items = node.items.map((item) => this.convert(item, depth + 1));
      return { kind: 'list', items, offset };
    }
    if (isMap(node)) return this.#map(node, depth);
    throw new UnusableNode(offset, 'Expected a map, a list or a scalar');
  }

  #map(node: YAMLMap, depth: number): ManifestNode {
    const offset = node.range?.[0] ?? 0;
    const entries = new Map<string, MapEntry>();
    const merged: ManifestNode[] = [];
    for (const pair of node.items as Pair<ParsedNode, ParsedNode | null>[]) {
      const key = convertKey(pair.key);
      const value = pair.value
        ? this.convert(pair.value, depth + 1)
        : ({ kind: 'null', offset: pair.key.range[1] } as const);
      if (key.isMerge) {
        merged.push(...(value.kind === 'list' ? value.items : [value]));
        continue;
      }
      if (entries.has(key.text)) {
        this.#report(
          new UnusableNode(
            key.offset,
            `Duplicate key ${JSON.stringify(key.text)}`,
            'Keep one of the two.',
          ),
        );
      }
      entries.set(key.text, { keyOffset: key.offset, value });
    }
    for (const other of merged) mergeInto(entries, other);
    return { kind: 'map', entries, offset };
  }

  #alias(name: string, offset: number): ManifestNode {
    const target = this.#anchors.get(name);
    if (target === undefined) throw new UnusableNode(offset, `Unresolved alias *${name}`);
    this.#count(target.size, offset);
    return target.node;
  }

  #count(nodes: number, offset: number): void {
    this.#size += nodes;
    if (this.#size <= MANIFEST_LIMITS.maxNodes) return;
    throw new UnusableNode(
      offset,
      `A document holds more than ${MANIFEST_LIMITS.maxNodes} values, aliases written out`,
    );
  }
}

/** Keys of the map itself win over merged ones, and earlier merged maps over later ones. */
function mergeInto(entries: Map<string, MapEntry>, other: ManifestNode): void {
  if (other.kind !== 'map') {
    throw new UnusableNode(other.offset, 'Expected a map after the merge key <<');
  }
  for (const [key, entry] of other.entries) if (!entries.has(key)) entries.set(key, entry);
}

function convertKey(key: ParsedNode): { text: string; offset: number; isMerge: boolean } {
  const offset = key.range[0];
  if (!isScalar(key)) throw new UnusableNode(offset, 'Expected a key to be text');
  const text = typeof key.value === 'string' ? key.value : '';
  const isPlain = key.type === 'PLAIN' && key.tag === undefined;
  return { text, offset, isMerge: isPlain && text === '<<' };
}

function convertScalar(
  raw: unknown,
  type: string | undefined,
  tag: string | undefined,
  offset: number,
): ScalarNode {
  const text = typeof raw === 'string' ? raw : '';
  const name = tag?.startsWith(TAG_PREFIX) === true ? tag.slice(TAG_PREFIX.length) : tag;
  if (name === undefined || name === '' || name === '!') {
    if (type === 'BLOCK_LITERAL') return { kind: 'string', value: text, offset, isBlock: true };
    if (type !== 'PLAIN' && type !== undefined) return { kind: 'string', value: text, offset };
    return resolvePlainScalar(text, offset) ?? notFinite(text, offset);
  }
  return convertTagged(text, name, offset);
}

function convertTagged(text: string, name: string, offset: number): ScalarNode {
  if (name === 'str' || name === 'timestamp') return { kind: 'string', value: text, offset };
  if (PLAIN_TAGS.has(name)) return resolvePlainScalar(text, offset) ?? notFinite(text, offset);
  if (name === 'binary') {
    return { kind: 'string', value: Buffer.from(text, 'base64').toString('utf8'), offset };
  }
  throw new UnusableNode(offset, `Unknown tag ${JSON.stringify(name)}`, 'Remove the tag.');
}

function notFinite(text: string, offset: number): never {
  throw new UnusableNode(offset, `Expected a finite number, got ${text}`);
}
