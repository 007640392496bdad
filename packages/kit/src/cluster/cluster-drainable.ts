import cluster, { type Worker } from 'node:cluster';
import type { Bell } from '../drain/bell.ts';
import type { Drainable } from '../drain/drainable.ts';

/** The children of a cluster as work of its primary: each drains itself at SIGTERM and ends. */
export class ClusterDrainable implements Drainable {
  readonly #changes: Bell;
  readonly #waitedFor = new Set<Worker>();
  #ended = 0;

  /** @param changes - Rung whenever a child has ended. */
  constructor(changes: Bell) {
    this.#changes = changes;
  }

  get pending(): number {
    return this.#waitedFor.size;
  }

  get ended(): number {
    return this.#ended;
  }

  startDraining(): void {
    for (const child of Object.values(cluster.workers ?? {})) {
      if (child === undefined) continue;
      this.#waitedFor.add(child);
      child.once('exit', () => {
        if (this.#waitedFor.delete(child)) this.#ended += 1;
        this.#changes.ring();
      });
      child.process.kill('SIGTERM');
    }
  }

  /** A child has its own deadlines; a second signal makes it hurry. */
  abort(): void {
    for (const child of this.#waitedFor) child.process.kill('SIGTERM');
  }

  abandon(): number {
    const cut = this.#waitedFor.size;
    for (const child of this.#waitedFor) child.process.kill('SIGKILL');
    return cut;
  }
}
