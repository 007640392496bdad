import type { Selector } from '@bellows/core';

/** What is kept of an object of the cluster. */
export interface IndexedObject {
  /** Empty for an object without namespace. */
  readonly namespace: string;
  /** Its `metadata.name`. */
  readonly name: string;
  /** Its `metadata.labels`. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Objects of one namespace, and their order while it is known. */
interface NamespaceObjects {
  readonly byName: Map<string, IndexedObject>;
  sorted: readonly IndexedObject[] | undefined;
}

/** Names and labels of a collection's objects, by namespace. */
export class ObjectTable {
  readonly #namespaces = new Map<string, NamespaceObjects>();

  /** Objects in it. */
  get size(): number {
    let size = 0;
    for (const { byName } of this.#namespaces.values()) size += byName.size;
    return size;
  }

  /** Takes an object, new or changed. */
  set(object: IndexedObject): void {
    let objects = this.#namespaces.get(object.namespace);
    if (objects === undefined) {
      objects = { byName: new Map(), sorted: undefined };
      this.#namespaces.set(object.namespace, objects);
    }
    objects.byName.set(object.name, object);
    objects.sorted = undefined;
  }

  /** Forgets an object. */
  delete(namespace: string, name: string): void {
    const objects = this.#namespaces.get(namespace);
    if (objects?.byName.delete(name) !== true) return;
    objects.sorted = undefined;
    if (objects.byName.size === 0) this.#namespaces.delete(namespace);
  }

  /**
   * The objects that a selector selects, in the order of an API server's list: by namespace, then by name.
   *
   * @param namespace - Undefined: of all namespaces.
   */
  select(namespace: string | undefined, selector: Selector): IndexedObject[] {
    const names = namespace === undefined ? [...this.#namespaces.keys()].sort() : [namespace];
    const objects = names.flatMap((name) => this.#sorted(name));
    return selector.isEmpty ? objects : objects.filter(({ labels }) => selector.matches(labels));
  }

  #sorted(namespace: string): readonly IndexedObject[] {
    const objects = this.#namespaces.get(namespace);
    if (objects === undefined) return [];
    objects.sorted ??= [...objects.byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return objects.sorted;
  }
}
