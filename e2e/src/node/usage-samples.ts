import type { ContainerUsage, Kubelet, PodStatus } from '@bellows/kubelet';

/**
 * A container's usage is sampled at intervals between once and twice this long, so that what is served is 0 to 20 s old, 8 s on
 * average.
 *
 * @see google/cadvisor v0.60.5 manager/container.go (housekeepingTick, jitter): HousekeepingInterval of a kubelet is 10 s.
 */
export const HOUSEKEEPING_INTERVAL_MS = 10_000;

/** The usage that a node serves of its pods: not that of now, but the last that was sampled. */
export interface UsageSamples {
  /** A pod's status changed: one with containers that were not there before is sampled at once, and then goes on. */
  changed(pod: PodStatus): void;
  remove(uid: string): void;
  /** Last sample of each container. */
  of(pod: PodStatus): readonly ContainerUsage[];
  stop(): void;
}

interface Sampled {
  readonly runs: string;
  readonly usage: readonly ContainerUsage[];
  readonly timer: NodeJS.Timeout;
}

/** Makes the samples of a kubelet's pods. */
export function createUsageSamples(
  kubelet: Pick<Kubelet, 'usage'>,
  random: () => number = Math.random,
): UsageSamples {
  const samples = new Map<string, Sampled>();
  const sample = (uid: string, runs: string): void => {
    const timer = setTimeout(
      () => {
        sample(uid, runs);
      },
      HOUSEKEEPING_INTERVAL_MS * (1 + random()),
    );
    samples.set(uid, { runs, usage: kubelet.usage(uid), timer });
  };
  const remove = (uid: string): void => {
    clearTimeout(samples.get(uid)?.timer);
    samples.delete(uid);
  };
  return {
    changed({ metadata: { uid }, containerStatuses }) {
      const running = containerStatuses.map(({ state }) =>
        state.kind === 'running' ? state.pid : 0,
      );
      const runs = running.join(' ');
      if (samples.get(uid)?.runs === runs) return;
      remove(uid);
      if (running.some((pid) => pid > 0)) sample(uid, runs);
    },
    remove,
    of: ({ metadata }) => samples.get(metadata.uid)?.usage ?? [],
    stop() {
      for (const uid of [...samples.keys()]) remove(uid);
    },
  };
}
