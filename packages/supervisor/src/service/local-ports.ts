const FIRST_UNPRIVILEGED_PORT = 1024;
const PRIVILEGED_OFFSET = 8000;
const MAX_PORT = 65_535;

/**
 * Ports of this machine to try for a Service port, in order: the port itself where any user may open
 * it, the port + 8000 (80 → 8080), then any free one (0).
 */
export function localPorts(servicePort: number): number[] {
  const candidates = [servicePort, servicePort + PRIVILEGED_OFFSET];
  return [...candidates.filter((port) => port >= FIRST_UNPRIVILEGED_PORT && port <= MAX_PORT), 0];
}
