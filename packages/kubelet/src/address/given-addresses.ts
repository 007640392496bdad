import { BellowsError } from '@bellows/core';
import type { PodAddress, PodAddresses } from './pod-addresses.ts';

/**
 * Creates the strategy for a machine that has addresses set aside for pods: each is handed out in turn, so that one is not used
 * again before all others that are free were. They stay the machine's: nothing is added to or taken from its interfaces.
 *
 * @param given - IPv4 addresses that processes of this machine can listen on.
 */
export function createGivenAddresses(given: readonly string[]): PodAddresses {
  const free = [...given];
  return {
    start: () => Promise.resolve(),
    acquire() {
      const address = free.shift();
      if (address !== undefined) return { address, portMap: {} };
      throw new BellowsError(
        'ERR_KUBELET_PLATFORM',
        `expected an address for the pod, and all ${given.length} are in use`,
        { remedy: 'Give the kubelet more addresses, or run fewer pods.' },
      );
    },
    release(pod: PodAddress) {
      free.push(pod.address);
    },
    stop: () => Promise.resolve(),
  };
}
