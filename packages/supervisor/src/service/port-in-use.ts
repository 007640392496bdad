import type { ObjectEvent } from '@bellows/core';
import type { Service } from '@bellows/manifest';
import { variableName, type BoundPort } from './service-environment.ts';

/**
 * The warning that a Service's port on this machine is another one than wanted, with the ways out.
 *
 * @param takenPorts - Ports that were tried and are another program's; at least one.
 */
export function portInUse(
  { metadata }: Service,
  { name, port, address, localPort }: BoundPort,
  takenPorts: readonly number[],
): ObjectEvent {
  const taken = takenPorts.join(' and ');
  const suffix = name === '' ? '' : `_${variableName(name)}`;
  const variable = `${variableName(metadata.name)}_SERVICE_PORT${suffix}`;
  return {
    type: 'Warning',
    reason: 'PortInUse',
    message:
      `another program listens on ${taken} of this machine, so port ${port} is reached at ` +
      `${address}:${localPort} in this run. Connect to that (pods read ${variable}), ` +
      `or end the program that listens on ${String(takenPorts[0])} and start again, or give the Service another port`,
  };
}
