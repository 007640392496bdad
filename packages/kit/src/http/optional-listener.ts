import type { EventEmitter } from 'node:events';

type Listener = (...values: never[]) => void;

/**
 * Listens, first in line, to an event for as long as somebody else does, and never alone: to Node's server a
 * listener for `upgrade` or `checkContinue` says that the service handles it itself.
 * @returns a function that lets go of the emitter.
 */
export function listenAlong(emitter: EventEmitter, event: string, listener: Listener): () => void {
  const mine = listener as (...values: unknown[]) => void;
  const isListening = (): boolean => emitter.listeners(event).includes(mine);
  const onNew = (name: string | symbol, added: unknown): void => {
    if (name === event && added !== mine && !isListening()) emitter.prependListener(event, mine);
  };
  const onRemoved = (name: string | symbol): void => {
    if (name !== event || emitter.listenerCount(event) > 1) return;
    if (isListening()) emitter.off(event, mine);
  };
  if (emitter.listenerCount(event) > 0) emitter.prependListener(event, mine);
  emitter.on('newListener', onNew);
  emitter.on('removeListener', onRemoved);
  return () => {
    emitter.off('newListener', onNew);
    emitter.off('removeListener', onRemoved);
    emitter.off(event, mine);
  };
}
