const KEY = Symbol.for('bellows.kit.next-id/1');

type Holder = typeof globalThis & { [KEY]?: number };

/**
 * A number that no other chunk, family, series or source of this thread has, also of another installed copy of the
 * kit: a service may be bundled with one copy and have been preloaded with another.
 */
export function nextId(): number {
  const holder = globalThis as Holder;
  const id = holder[KEY] ?? 0;
  holder[KEY] = id + 1;
  return id;
}
