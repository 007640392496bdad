/** Something the shop sells. */
export interface Item {
  readonly id: number;
  readonly name: string;
  /** In cents. */
  readonly priceCents: number;
}

/** Items are numbered from 1 to this. */
export const ITEM_COUNT = 200;

/** The item with this number, or undefined when there is none. */
export function findItem(id: number): Item | undefined {
  if (!Number.isInteger(id) || id < 1 || id > ITEM_COUNT) return undefined;
  return { id, name: `Item ${id}`, priceCents: 100 + ((id * 7919) % 9900) };
}
