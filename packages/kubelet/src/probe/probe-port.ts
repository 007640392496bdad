import type { Container } from '@bellows/manifest';

/**
 * The number of a probe's or hook's port: a number, the name of one of the container's ports, or a number
 * written as text.
 *
 * @returns A reason instead of a number when there is no such port.
 * @see kubernetes/kubernetes v1.37.2 pkg/probe/util.go (ResolveContainerPort)
 */
export function resolvePort(
  port: number | string,
  container: Container,
  portMap: Readonly<Record<number, number>>,
): number | { readonly reason: string } {
  const named = container.ports.find((candidate) => candidate.name === port)?.containerPort;
  const number = named ?? Number(port);
  if (Number.isInteger(number) && number > 0 && number < 65_536) return portMap[number] ?? number;
  return {
    reason:
      typeof port === 'string' && Number.isNaN(number)
        ? `port ${port} not found`
        : `invalid port number: ${port}`,
  };
}
