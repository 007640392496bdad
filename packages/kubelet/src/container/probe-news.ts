import type { ObjectEvent } from '@bellows/core';
import type { ProbeReport } from '../probe/probe-report.ts';
import type { ProbeResult, ProbeType } from '../probe/probe-state.ts';

/** What a container's probes have said that people should hear. */
export interface ProbeNews {
  /** Takes a report, and what is believed after it. */
  readonly take: (type: ProbeType, report: ProbeReport, result: ProbeResult) => void;
  /** Why the container is not started or not ready: the last failure; undefined when it is. */
  readonly problem: () => string | undefined;
  /** A new container runs. */
  readonly reset: () => void;
}

/**
 * Creates the news of one container. An event is told when it is new: the kubelet tells each failure, and
 * its recorder counts the equal ones.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/prober/prober.go (probe, recordContainerEvent)
 */
export function createProbeNews(tell: (event: ObjectEvent) => void): ProbeNews {
  const lastOf = new Map<ProbeType, string>();
  let problem: string | undefined;
  return {
    take(type, report, result) {
      const { reason, message } = eventOf(type, report);
      if (message !== '' && message !== lastOf.get(type))
        tell({ type: 'Warning', reason, message });
      lastOf.set(type, message);
      if (type === 'liveness') return;
      const isWell = result === 'success' || report.outcome === 'success';
      problem = isWell ? undefined : report.message;
    },
    problem: () => problem,
    reset() {
      lastOf.clear();
      problem = undefined;
    },
  };
}

/** The kubelet's event for a report; its message is empty for a plain success. */
function eventOf(type: ProbeType, report: ProbeReport): { reason: string; message: string } {
  const name = `${type.charAt(0).toUpperCase()}${type.slice(1)} probe`;
  if (report.outcome === 'success') {
    const message = report.warning === true ? `${name} warning: ${report.message}` : '';
    return { reason: 'ProbeWarning', message };
  }
  const verb = report.outcome === 'failure' ? 'failed' : 'errored';
  return { reason: 'Unhealthy', message: `${name} ${verb}: ${report.message}` };
}
