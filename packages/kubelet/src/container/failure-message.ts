import type { Container } from '@bellows/manifest';
import type { PortView } from '../process/explain-port.ts';
import { explainPortInUse } from '../process/explain-port.ts';

/** Looks at a port from the pod in question. */
export type ViewPort = (port: number) => PortView;

const PORT_IN_USE = /EADDRINUSE|address already in use/i;
const NAMED_PORT = /(?:EADDRINUSE|already in use)[^\n]*?:+(\d{1,5})\b/i;

/**
 * Why a container ended, for `kubectl describe pod`: its exit code, who holds its port if it could not
 * bind it, and the last lines it wrote.
 */
export function failureMessage(
  container: Container,
  end: { readonly exitCode: number; readonly lastLines: string },
  viewPort: ViewPort,
): string {
  if (end.exitCode === 0) return 'exited with code 0';
  const parts = [`exited with code ${end.exitCode}`];
  if (PORT_IN_USE.test(end.lastLines)) {
    const named = NAMED_PORT.exec(end.lastLines)?.[1];
    const port = named === undefined ? container.ports[0]?.containerPort : Number(named);
    if (port !== undefined) parts.push(explainPortInUse(viewPort(port)));
  }
  if (end.lastLines !== '') parts.push(end.lastLines);
  return parts.join('\n');
}

/** Why a command could not be run, and what to do. */
export function startFailureMessage(
  error: NodeJS.ErrnoException,
  launch: { readonly command: readonly [string, ...string[]]; readonly workingDirectory: string },
): string {
  const file = launch.command[0];
  if (error.code === 'ENOENT') {
    return `cannot run "${file}": no such command (looked for in PATH, and from the folder ${launch.workingDirectory})`;
  }
  if (error.code === 'EACCES') {
    return `cannot run "${file}": it is not an executable file; chmod +x it, or run it by its interpreter`;
  }
  return `cannot run "${file}": ${error.message}`;
}
