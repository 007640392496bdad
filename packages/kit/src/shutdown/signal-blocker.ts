import type { Environment } from '../options/option-readers.ts';
import { readText } from '../read-text.ts';

const SHELLS = ['sh', 'ash', 'dash', 'bash', 'zsh', 'busybox'];

/** What is asked about where this process runs. */
export interface Ancestry {
  readonly environment: Environment;
  readonly parentPid: number;
  /** Name of the parent's program; undefined when it cannot be known. */
  readonly parentName: () => string | undefined;
}

/**
 * Tells whether something stands between the kubelet's SIGTERM and this process: npm and a shell as PID 1 do not pass
 * it on, so that the drain would never begin. Silent where nobody sends it to PID 1, such as a developer's terminal.
 * @returns what to change; undefined when nothing is in between.
 */
export function signalBlocker({
  environment,
  parentPid,
  parentName,
}: Ancestry): string | undefined {
  const isInPod = environment['KUBERNETES_SERVICE_HOST'] !== undefined || parentPid === 1;
  if (!isInPod) return undefined;
  const script = environment['npm_lifecycle_event'];
  if (script !== undefined) {
    return blockedBy(`npm run ${script}`);
  }
  const name = parentPid === 1 ? parentName() : undefined;
  return name !== undefined && SHELLS.includes(name) ? blockedBy(name) : undefined;
}

function blockedBy(what: string): string {
  return (
    `${what} stands between SIGTERM and this process and may not pass it on: ` +
    `let the container run node itself, as command: ["node", "server.js"], or put exec before it`
  );
}

/** Where this process runs. */
export function ownAncestry(): Ancestry {
  return {
    environment: process.env,
    parentPid: process.ppid,
    parentName: () => readText(`/proc/${process.ppid}/comm`)?.trim(),
  };
}
