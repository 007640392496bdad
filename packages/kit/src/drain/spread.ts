/** Part of the window that stays free at its beginning and at its end. */
const MARGIN_SHARE = 0.2;

/**
 * Calls `action` for each item at a random time in the middle of the window: clients that all reconnect at one
 * moment would be a flood for the replicas that stay. Keeps no process alive.
 * @param windowMs - 0 calls it at once, in a turn of its own.
 * @returns a function that forgets what is still to come.
 */
export function spreadOver<Item>(
  items: Iterable<Item>,
  windowMs: number,
  action: (item: Item) => void,
): () => void {
  const timers = Array.from(items, (item) => {
    const share = MARGIN_SHARE + Math.random() * (1 - 2 * MARGIN_SHARE);
    return setTimeout(action, share * windowMs, item).unref();
  });
  return () => {
    for (const timer of timers) clearTimeout(timer);
  };
}
