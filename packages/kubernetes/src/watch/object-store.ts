import type { KubernetesObject } from '../kubernetes-object.ts';

/** Told of each change of the objects known, as client-go's ResourceEventHandler. */
export interface ObjectHandlers<T> {
  /** An object that was not there before. */
  readonly onAdd?: (object: T) => void;
  /** An object's new state, and the one known before. */
  readonly onUpdate?: (object: T, previous: T) => void;
  /** The last state of an object that is gone, or that the selection no longer holds. */
  readonly onDelete?: (object: T) => void;
}

/**
 * The objects known, by namespace and name. Whatever way news comes (a list, an event, an event twice), handlers are told of
 * each change once. An object of the same name and another uid is a new one: the old one is deleted first.
 */
export class ObjectStore<T extends KubernetesObject> {
  readonly #handlers: ObjectHandlers<T>;
  readonly #objects = new Map<string, T>();

  constructor(handlers: ObjectHandlers<T>) {
    this.#handlers = handlers;
  }

  /** All objects, in no order. */
  list(): T[] {
    return [...this.#objects.values()];
  }

  /** One object; a namespace is needed for kinds that live in one. */
  get(name: string, namespace = ''): T | undefined {
    return this.#objects.get(`${namespace}/${name}`);
  }

  /** Takes a whole list: what it lacks is gone. */
  replace(objects: readonly T[]): void {
    const keys = new Set(objects.map(keyOf));
    for (const [key, object] of this.#objects) {
      if (!keys.has(key)) this.delete(object);
    }
    for (const object of objects) this.set(object);
  }

  /** Takes an object's state. */
  set(object: T): void {
    const key = keyOf(object);
    const previous = this.#objects.get(key);
    if (previous && previous.metadata.uid !== object.metadata.uid) {
      this.delete(previous);
      this.set(object);
      return;
    }
    if (previous && isSameVersion(previous, object)) return;
    this.#objects.set(key, object);
    if (previous) this.#handlers.onUpdate?.(object, previous);
    else this.#handlers.onAdd?.(object);
  }

  /** Forgets an object; `object` is its last state. */
  delete(object: T): void {
    if (this.#objects.delete(keyOf(object))) this.#handlers.onDelete?.(object);
  }
}

function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function isSameVersion(a: KubernetesObject, b: KubernetesObject): boolean {
  const { resourceVersion } = a.metadata;
  return resourceVersion !== undefined && resourceVersion === b.metadata.resourceVersion;
}
