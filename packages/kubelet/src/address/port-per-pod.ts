import type { Random } from '@bellows/core';
import type { PodAddress, PodAddresses } from './pod-addresses.ts';

const FIRST_PORT = 20_000;
const PORTS = 20_000;

/**
 * Creates the strategy for machines with 127.0.0.1 only (macOS): each container port of each pod gets a real
 * port of its own, named in the pod's `portMap`. A port that another program holds shows as
 * EADDRINUSE in the pod, which then is restarted with the same port.
 *
 * @param random - Chooses where the ports start.
 */
export function createPortPerPod(random: Random): PodAddresses {
  const inUse = new Set<number>();
  let next = Math.floor(random() * PORTS);
  const takePort = (): number => {
    for (let attempt = 0; attempt < PORTS; attempt++) {
      const port = FIRST_PORT + (next++ % PORTS);
      if (inUse.has(port)) continue;
      inUse.add(port);
      return port;
    }
    return 0;
  };
  return {
    start: () => Promise.resolve(),
    acquire: (ports) => ({
      address: '127.0.0.1',
      portMap: Object.fromEntries(ports.map((port) => [port, takePort()])),
    }),
    release(pod: PodAddress) {
      for (const port of Object.values(pod.portMap)) inUse.delete(port);
    },
    stop: () => Promise.resolve(),
  };
}
