import type { SeenEvent } from '../view/run-view.ts';

/** How long the same event is not told again, in milliseconds. */
const REPEAT_AFTER_MS = 60_000;

/** Each of these is a fact of its own, also when it reads like the last one; the back-off bounds them. */
const ALWAYS_TOLD = ['Started', 'ContainerDied', 'Killing'];

/** Events remembered; the oldest is forgotten first. */
const MAX_REMEMBERED = 500;

/** Tells whether an event is worth telling: the same one again within a minute is not. */
export function createEventFilter(): (seen: SeenEvent) => boolean {
  const toldAtMs = new Map<string, number>();
  return ({ atMs, about, event }) => {
    if (ALWAYS_TOLD.includes(event.reason)) return true;
    const key = [about, event.reason, event.message].join('\n');
    const last = toldAtMs.get(key);
    if (last !== undefined && atMs - last < REPEAT_AFTER_MS) return false;
    toldAtMs.delete(key);
    toldAtMs.set(key, atMs);
    const [oldest] = toldAtMs.keys();
    if (toldAtMs.size > MAX_REMEMBERED && oldest !== undefined) toldAtMs.delete(oldest);
    return true;
  };
}
