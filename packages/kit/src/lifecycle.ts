import type { Kit } from './kit.ts';
import type { KitContext } from './kit-context.ts';

/** The kit's methods that move it through its phases; start and stop run what the other capabilities registered. */
export function createLifecycle(context: KitContext): Pick<Kit, 'start' | 'stop' | 'phase'> {
  const { control } = context;
  let started: Promise<void> | undefined;
  let stopped: Promise<void> | undefined;

  const start = async (): Promise<void> => {
    if (control.phase === 'closed') return;
    try {
      for (const hook of context.startHooks) await hook();
    } catch (error) {
      await stop();
      throw error;
    }
  };
  const stop = async (): Promise<void> => {
    control.phase = 'closed';
    await Promise.all(context.stopHooks.map(async (hook) => hook()));
  };

  return {
    start: () => (started ??= start()),
    stop: () => (stopped ??= stop()),
    get phase() {
      return control.phase;
    },
  };
}
