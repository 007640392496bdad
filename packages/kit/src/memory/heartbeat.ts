import { performance } from 'node:perf_hooks';
import type { ControlBlock } from './control-block.ts';

/** Time between two heartbeats, in milliseconds. */
export const HEARTBEAT_INTERVAL_MS = 100;

/** Writes the main loop's heartbeat until it is stopped; it keeps no process alive. */
export interface HeartbeatTimer {
  stop(): void;
}

/** Starts to write the heartbeat, the first one at once. */
export function startHeartbeat(control: ControlBlock): HeartbeatTimer {
  const inspectorUrl = inspectorUrlReader();
  const beat = (): void => {
    // In milliseconds since the loop began to turn; both 0 before it does.
    const { active, idle } = performance.eventLoopUtilization();
    control.debuggerAttached = inspectorUrl() !== undefined;
    control.heartbeat = {
      heartbeatNs: process.hrtime.bigint(),
      loopActiveNs: BigInt(Math.round(active * 1e6)),
      loopIdleNs: BigInt(Math.round(idle * 1e6)),
    };
  };
  beat();
  const timer = setInterval(beat, HEARTBEAT_INTERVAL_MS).unref();
  return {
    stop: () => {
      clearInterval(timer);
    },
  };
}

/** Node can be built without an inspector; importing the module would then throw. */
function inspectorUrlReader(): () => string | undefined {
  if (!process.features.inspector) return () => undefined;
  const inspector = process.getBuiltinModule('node:inspector');
  return () => inspector.url();
}
