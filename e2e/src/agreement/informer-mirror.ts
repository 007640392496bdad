import type { KubernetesObject } from '@bellows/kubernetes';

/** A version of an object, from the time on that it was passed on to the controller. */
interface Version<T> {
  readonly fromMs: number;
  /** Undefined: it was deleted. */
  readonly object: T | undefined;
}

interface WatchEvent<T> {
  readonly type: string;
  readonly object: T;
}

/** What an informer of the controller had of a kind at which time, told by what it was sent. */
export class InformerMirror<T extends KubernetesObject> {
  readonly #versions = new Map<string, Version<T>[]>();

  /** Takes a page of a list. */
  list(body: string, atMs: number): void {
    const { items } = JSON.parse(body) as { readonly items?: readonly T[] | null };
    for (const item of items ?? []) this.#set(item, { fromMs: atMs, object: item });
  }

  /** Takes a line of a watch. */
  watch(line: string, atMs: number): void {
    const { type, object } = JSON.parse(line) as WatchEvent<T>;
    if (type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED') return;
    this.#set(object, { fromMs: atMs, object: type === 'DELETED' ? undefined : object });
  }

  /** The objects of a namespace as they were at a time. */
  at(namespace: string, atMs: number): readonly T[] {
    return this.#of(namespace).flatMap((versions) => {
      const object = versions.findLast(({ fromMs }) => fromMs <= atMs)?.object;
      return object === undefined ? [] : [object];
    });
  }

  /** When anything of a namespace changed within a time, the latest first. */
  changesBetween(namespace: string, fromMs: number, untilMs: number): readonly number[] {
    const times = this.#of(namespace).flat();
    const within = times.filter((version) => version.fromMs > fromMs && version.fromMs <= untilMs);
    return [...new Set(within.map((version) => version.fromMs))].sort((a, b) => b - a);
  }

  #of(namespace: string): Version<T>[][] {
    const prefix = `${namespace}/`;
    return [...this.#versions].flatMap(([key, versions]) =>
      key.startsWith(prefix) ? [versions] : [],
    );
  }

  #set({ metadata }: T, version: Version<T>): void {
    const key = `${metadata.namespace ?? ''}/${metadata.name}`;
    const versions = this.#versions.get(key);
    if (versions === undefined) this.#versions.set(key, [version]);
    else versions.push(version);
  }
}
