import type { EventEmitter } from 'node:events';

type Listener = (...values: unknown[]) => void;

/**
 * Puts `replacement` in the place of everybody else's listeners of an event.
 * @param mine - A listener that stays as it is.
 * @param replacement - Called with the listeners it stands for and the event's values.
 */
export function replaceListeners(
  emitter: EventEmitter,
  event: string,
  mine: (...values: never[]) => void,
  replacement: (others: readonly Listener[], ...values: never[]) => void,
): void {
  const own: unknown = mine;
  const others = (emitter.rawListeners(event) as Listener[]).filter((other) => other !== own);
  if (others.length === 0) return;
  const standIn = replacement as (others: readonly Listener[], ...values: unknown[]) => void;
  for (const other of others) emitter.off(event, other);
  emitter.on(event, (...values: unknown[]) => {
    standIn(others, ...values);
  });
}
