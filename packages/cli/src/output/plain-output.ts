import { summaryLines } from '../report/summary.ts';
import {
  formatCount,
  formatElapsed,
  formatLatency,
  formatRate,
  formatTimeOfDay,
} from '../text/figures.ts';
import { cleanText } from '../text/clean-text.ts';
import { countPodStates } from '../account/pod-state.ts';
import { paintLine } from '../view/line.ts';
import type { RunView } from '../view/run-view.ts';
import { isToldByDecision } from '../view/decision-event.ts';
import { decisionLine, logLine, serviceLines } from '../view/sections.ts';
import { tellLeftOut, type LineWriter } from './line-writer.ts';
import type { Notice, Output } from './output.ts';

/** One plain line a second, and one for each decision and event: for pipes, files and CI. */
export function createPlainOutput(lines: LineWriter, color: boolean): Output {
  let view: (() => RunView) | undefined;
  let hasToldAddresses = false;
  const notice = ({ level, text }: Notice): void => {
    lines.write(level === 'warning' ? `warning: ${text}` : text);
  };
  return {
    notice,
    begin: (current) => {
      view = current;
    },
    tick: () => {
      if (view === undefined) return;
      const now = view();
      if (!hasToldAddresses) {
        for (const address of serviceLines(now, Infinity)) lines.write(paintLine(address, color));
      }
      hasToldAddresses = true;
      lines.offer(tickLine(now));
    },
    decision: (record) => {
      lines.write(paintLine(decisionLine(record), color));
    },
    event: (seen) => {
      if (isToldByDecision(seen)) return;
      const { atMs, about, event } = seen;
      const text = `${cleanText(about)} ${event.type} ${cleanText(event.reason)}`;
      lines.write(`${formatTimeOfDay(atMs)} ${text}: ${cleanText(event.message)}`);
    },
    log: (logged) => {
      lines.offer(paintLine(logLine(logged), color));
    },
    end: () => {
      view = undefined;
      tellLeftOut(lines, notice);
    },
    summary: (report) => {
      for (const text of summaryLines(report, color)) lines.write(text);
    },
  };
}

/** A second of a run as one line. */
export function tickLine(view: RunView): string {
  const parts = [
    formatTimeOfDay(view.nowMs),
    formatElapsed((view.nowMs - view.startedAtMs) / 1000),
    ...view.snapshot.deployments.map(({ name, pods, desiredReplicas }) => {
      const { ready, notReady, pending, crashing, terminating } = countPodStates(pods);
      const starting = notReady + pending;
      return [
        `${cleanText(name)} ready ${ready}/${desiredReplicas}`,
        ...(starting > 0 ? [`starting ${starting}`] : []),
        ...(crashing > 0 ? [`crashing ${crashing}`] : []),
        ...(terminating > 0 ? [`terminating ${terminating}`] : []),
      ].join(' ');
    }),
    ...loadParts(view),
  ];
  return parts.join('  ');
}

function loadParts({ load }: RunView): string[] {
  if (load === undefined) return [];
  if (load.startedAtMs === undefined) return ['load waits for a ready pod'];
  const { account, offeredPerSecond } = load;
  const latency = account.lastSecond.latencySeconds;
  return [
    `load ${formatRate(offeredPerSecond)}/s`,
    `sent ${formatCount(account.sent)}`,
    `shed ${formatCount(account.shed)}`,
    `lost ${formatCount(account.lost)}`,
    `p50 ${formatLatency(latency?.p50)}`,
    `p99 ${formatLatency(latency?.p99)}`,
  ];
}
