import { availableParallelism, totalmem } from 'node:os';
import { BellowsError, Quantity } from '@bellows/core';
import type { Container } from '@bellows/manifest';

/** The form of a `resourceFieldRef`. */
export interface ResourceFieldRef {
  readonly resource: string;
  readonly divisor?: string;
}

const RESOURCE = /^(limits|requests)\.(.+)$/;

/**
 * A container's request or limit in units of the divisor, rounded up. A limit that is not set is what
 * this machine has, a request that is not set is 0.
 *
 * @throws BellowsError `ERR_KUBELET_ENVIRONMENT` for a resource that is neither, `ERR_CORE_QUANTITY` for
 *   a quantity that is none.
 * @see kubernetes/kubernetes v1.37.2 pkg/api/v1/resource/helpers.go (ExtractContainerResourceValue,
 *   MergeContainerResourceLimits)
 */
export function readResourceField(reference: ResourceFieldRef, container: Container): string {
  const [, kind, resource] = RESOURCE.exec(reference.resource) ?? [];
  if (kind === undefined || resource === undefined) {
    throw new BellowsError(
      'ERR_KUBELET_ENVIRONMENT',
      `expected resource to be limits.<name> or requests.<name>, got "${reference.resource}"`,
      { place: { field: 'resourceFieldRef.resource' }, remedy: 'Write limits.cpu, for example.' },
    );
  }
  const amounts = kind === 'limits' ? container.resources.limits : container.resources.requests;
  const amount = amounts[resource] ?? (kind === 'limits' ? machineHas(resource) : '0');
  const divisor = reference.divisor ?? '1';
  return divideUp(Quantity.parse(amount), Quantity.parse(divisor), resource === 'cpu').toString();
}

/** In thousandths for CPU, whole for all else, as upstream; a divisor of zero means 1. */
function divideUp(amount: Quantity, divisor: Quantity, inMilli: boolean): bigint {
  const value = inMilli ? amount.milliValue() : amount.value();
  const given = inMilli ? divisor.milliValue() : divisor.value();
  const by = given === 0n ? (inMilli ? 1000n : 1n) : given;
  return (value + by - 1n) / by;
}

function machineHas(resource: string): string {
  if (resource === 'cpu') return String(availableParallelism());
  return resource === 'memory' ? String(totalmem()) : '0';
}
