import type { ProbeReport } from '../probe/probe-report.ts';
import { explainRefusal, explainWrongHolder } from '../process/explain-port.ts';
import type { ViewPort } from './failure-message.ts';

/** Gives a probe's report its better reason, where the system's table of listeners has one. */
export interface ProbeExplainer {
  readonly explain: (report: ProbeReport) => ProbeReport;
  /** A new container runs: who answers has to be looked at again. */
  readonly reset: () => void;
}

/** The table is looked at for a pod at most this often, in milliseconds. */
const LOOK_AGAIN_MS = 1000;

/**
 * Creates an explainer. A refused connection is looked into at most once a second; a first success once,
 * since another pod's process that listens on every address would answer for this one.
 *
 * @param podAddress - Connections elsewhere are not looked into.
 */
export function createProbeExplainer(podAddress: string, viewPort: ViewPort): ProbeExplainer {
  const trusted = new Set<number>();
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let reason: string | undefined;
  const reasonOfRefusal = (port: number): string | undefined => {
    if (Date.now() - lookedAtMs >= LOOK_AGAIN_MS) {
      lookedAtMs = Date.now();
      reason = explainRefusal(viewPort(port));
    }
    return reason;
  };
  return {
    explain(report) {
      const { target } = report;
      if (target?.host !== podAddress) return report;
      if (report.refused === true) {
        const reason = reasonOfRefusal(target.port);
        return reason === undefined ? report : { ...report, message: reason };
      }
      if (report.outcome !== 'success' || trusted.has(target.port)) return report;
      const wrongHolder = explainWrongHolder(viewPort(target.port));
      if (wrongHolder !== undefined) return { outcome: 'failure', message: wrongHolder, target };
      trusted.add(target.port);
      return report;
    },
    reset() {
      trusted.clear();
      reason = undefined;
      lookedAtMs = Number.NEGATIVE_INFINITY;
    },
  };
}
