import type { KitContext } from '../kit-context.ts';
import { measureGc } from './gc-durations.ts';
import { isolateFamilies } from './isolate-families.ts';
import { LoopDelaySampler } from './loop-delay.ts';
import { mirrorFamilies } from './mirror-families.ts';

/** Measures what only the main thread can: its heap, its garbage collections, the delay of its event loop. */
export function measureRuntime({ registry, onStart, onStop }: KitContext): void {
  const loopDelay = new LoopDelaySampler(registry);
  const gc = measureGc(registry);
  mirrorFamilies(registry, () => loopDelay.families());
  mirrorFamilies(registry, isolateFamilies);
  onStart(() => {
    loopDelay.start();
    gc.start();
  });
  onStop(() => {
    loopDelay.stop();
    gc.stop();
  });
}
