import type { Service } from '@bellows/manifest';

/** A Service's port and the port on this machine that leads to it. */
export interface BoundPort {
  /** The Service port's name; empty for a single unnamed port. */
  readonly name: string;
  /** The Service's port. */
  readonly port: number;
  /** Address of the balancer. */
  readonly address: string;
  /** Port of the balancer. */
  readonly localPort: number;
}

/**
 * The variables by which a container finds a Service: `SHOP_SERVICE_HOST`, `SHOP_SERVICE_PORT`, one
 * per named port, and Docker's link variables. Ports are those on this machine.
 *
 * @returns Empty when no port is bound.
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/envvars/envvars.go FromServices
 */
export function serviceEnvironment(
  service: Pick<Service, 'metadata'>,
  ports: readonly BoundPort[],
): Record<string, string> {
  const [first] = ports;
  if (first === undefined) return {};
  const prefix = variableName(service.metadata.name);
  const environment: Record<string, string> = {
    [`${prefix}_SERVICE_HOST`]: first.address,
    [`${prefix}_SERVICE_PORT`]: String(first.localPort),
    [`${prefix}_PORT`]: `tcp://${first.address}:${first.localPort}`,
  };
  for (const { name, port, address, localPort } of ports) {
    if (name !== '')
      environment[`${prefix}_SERVICE_PORT_${variableName(name)}`] = String(localPort);
    const link = `${prefix}_PORT_${port}_TCP`;
    environment[link] = `tcp://${address}:${localPort}`;
    environment[`${link}_PROTO`] = 'tcp';
    environment[`${link}_PORT`] = String(localPort);
    environment[`${link}_ADDR`] = address;
  }
  return environment;
}

/** A name as it stands in names of variables: `shop-db` is `SHOP_DB`. */
export function variableName(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}
