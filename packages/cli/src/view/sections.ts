import type { DecisionInput, DecisionRecord } from '@bellows/core';
import type { OutputLine, PodStatus } from '@bellows/kubelet';
import type { AutoscalerView, DeploymentView } from '@bellows/supervisor';
import { countPodStates, unreadyReasons, type PodState } from '../account/pod-state.ts';
import { cleanText } from '../text/clean-text.ts';
import {
  formatCount,
  formatElapsed,
  formatLatency,
  formatRate,
  formatTimeOfDay,
} from '../text/figures.ts';
import { formatMetricValue } from '../text/metric-value.ts';
import { serviceUrl } from '../text/service-url.ts';
import { isToldByDecision } from './decision-event.ts';
import { fitLine, flow, lineWidth, span, spread, type Line, type Style } from './line.ts';
import type { RunView } from './run-view.ts';

const STATES: readonly { state: PodState; sign: string; words: string; style: Style }[] = [
  { state: 'ready', sign: '●', words: 'ready', style: 'good' },
  { state: 'notReady', sign: '◐', words: 'not ready', style: 'warning' },
  { state: 'pending', sign: '○', words: 'pending', style: 'dim' },
  { state: 'crashing', sign: '!', words: 'crashing', style: 'bad' },
  { state: 'terminating', sign: '×', words: 'terminating', style: 'warning' },
];

const VERDICTS: Readonly<Record<DecisionRecord['verdict'], { sign: string; style: Style }>> = {
  up: { sign: '▲', style: 'demand' },
  down: { sign: '▼', style: 'good' },
  hold: { sign: '=', style: 'dim' },
  blocked: { sign: '!', style: 'warning' },
};

/** What runs, for how long, and what to press. */
export function headerLines(view: RunView, columns: number): Line[] {
  const elapsed = formatElapsed((view.nowMs - view.startedAtMs) / 1000);
  const title = [span('bellows up', 'bold'), span(`  ${cleanText(view.title)}`)];
  const phase = view.phase === 'running' ? '' : `${view.phase} … `;
  return [spread(title, [span(`${phase}${elapsed}`, 'dim')], columns)];
}

/** Services with their addresses, one a line. */
export function serviceLines(view: RunView, columns: number): Line[] {
  return view.snapshot.services.flatMap(({ name, ports }) =>
    flow([[span(name, 'bold')], ...ports.map((port) => [span(serviceUrl(port))])], columns),
  );
}

/** Each Deployment's pods by state, and where the pods have ports of their own, these. */
export function podLines(view: RunView, columns: number): Line[] {
  return view.snapshot.deployments.flatMap((deployment) => [
    ...flow([[span(deployment.name, 'bold'), span(' pods')], ...podCounts(deployment)], columns, 2),
    ...flow(deployment.pods.flatMap(ownPorts), columns, 2),
  ]);
}

/** Why signals are missing and pods are not ready, each reason once. */
export function troubleLines(view: RunView): Line[] {
  const pods = view.snapshot.deployments.flatMap((deployment) => deployment.pods);
  const reasons = new Set([...missingMetrics(view), ...pods.flatMap(unreadyReasons)]);
  return [...reasons].slice(0, 3).map((reason) => [span(`! ${reason}`, 'warning')]);
}

/** What was last told of each signal that is missing still. */
function missingMetrics({ snapshot, events }: RunView): string[] {
  return snapshot.autoscalers.flatMap(({ name, lastDecision }) =>
    (lastDecision?.inputs ?? []).flatMap(({ metric, name: signal = metric, current }) => {
      if (typeof current === 'string') return [];
      const start = `no pod has ${signal}: `;
      const seen = events.findLast(
        ({ about, event }) => about === `hpa/${name}` && event.message.startsWith(start),
      );
      return seen === undefined ? [] : [cleanText(seen.event.message)];
    }),
  );
}

function podCounts({ pods }: DeploymentView): Line[] {
  const counts = countPodStates(pods);
  return STATES.filter(({ state }) => state === 'ready' || counts[state] > 0).map(
    ({ state, sign, words, style }) => [span(`${sign} ${counts[state]} ${words}`, style)],
  );
}

function ownPorts({ metadata, podIP, portMap }: PodStatus): Line[] {
  return Object.entries(portMap).map(([port, own]) => [
    span(`${metadata.name} ${port} → ${podIP}:${own}`, 'dim'),
  ]);
}

/** Each HPA's signals against their targets, as of its last sync. */
export function signalLines(view: RunView, columns: number): Line[] {
  return view.snapshot.autoscalers.flatMap((autoscaler) => [
    autoscalerLine(autoscaler, view.nowMs, columns),
    ...(autoscaler.lastDecision?.inputs ?? []).map((input) => signalLine(input, columns)),
  ]);
}

function autoscalerLine(autoscaler: AutoscalerView, nowMs: number, columns: number): Line {
  const { name, minReplicas, maxReplicas, lastDecision } = autoscaler;
  const age =
    lastDecision === undefined
      ? 'no sync yet'
      : `synced ${formatCount(Math.max(0, nowMs - lastDecision.atMs) / 1000)} s ago`;
  const left: Line = [
    span(`hpa/${name}`, 'bold'),
    span(` ${minReplicas} to ${maxReplicas} replicas`, 'dim'),
  ];
  return spread(left, [span(age, 'dim')], columns);
}

function signalLine(input: DecisionInput, columns: number): Line {
  const name: Line = [span(`  ${cleanText(input.name ?? input.metric)}`)];
  const values = signalValues(input);
  // The bar gives way first, then the percentage or the reason, the name last.
  const fits = (value: Line): boolean => lineWidth(name) + 2 + lineWidth(value) <= columns;
  const value = values.find(fits) ?? values.at(-1) ?? [];
  const room = Math.max(3, columns - lineWidth(value) - 2);
  return spread(fitLine(name, room), value, columns);
}

/** What there is to say of a signal, from the longest to the shortest. */
function signalValues({ current, target, usageRatio }: DecisionInput): Line[] {
  if (typeof current !== 'string') {
    const reason = cleanText(current.cause ?? current.missing);
    return [[span(`missing: ${reason}`, 'warning')], [span('missing', 'warning')]];
  }
  const value: Line = [
    span(formatMetricValue(current), 'bold'),
    span(` of ${formatMetricValue(target)}`),
  ];
  if (usageRatio === undefined) return [value];
  const percent = span(`${Math.round(Math.min(usageRatio, 99) * 100)} %`.padStart(6));
  return [[...value, ...ratioBar(usageRatio), percent], [...value, percent], value];
}

/** Ten cells are the target; more than that is more than the target. */
function ratioBar(ratio: number): Line {
  const filled = Math.max(0, Math.min(15, Math.round(ratio * 10)));
  const style = ratio > 1.1 ? 'warning' : 'demand';
  return [
    span('  '),
    span('█'.repeat(Math.min(filled, 10)), style),
    span('·'.repeat(Math.max(0, 10 - filled)), 'dim'),
    span(filled > 10 ? '▶' : '│', style),
  ];
}

/** What became of the requests, then what is offered now and how long answers take. */
export function requestLines({ load, nowMs }: RunView, columns: number): Line[] {
  if (load === undefined) return [];
  const { account, startedAtMs, durationSeconds, offeredPerSecond, target } = load;
  if (startedAtMs === undefined) {
    return [[span('load', 'bold'), span(` waits for a ready pod, then goes to ${target}`)]];
  }
  const latency = account.lastSecond.latencySeconds;
  const elapsed = formatElapsed(Math.min(durationSeconds, (nowMs - startedAtMs) / 1000));
  const end = durationSeconds === Infinity ? '' : ` of ${formatElapsed(durationSeconds)}`;
  const counts: Line[] = [
    [span('requests', 'bold'), span(` ${formatCount(account.sent)} sent`)],
    [span(`${formatCount(account.answered)} answered`)],
    [span(`${formatCount(account.shed)} shed`, account.shed > 0 ? 'warning' : 'plain')],
    [span(`${formatCount(account.lost)} lost`, account.lost > 0 ? 'bad' : 'good')],
  ];
  const now: Line[] = [
    [span('load', 'bold'), span(` ${formatRate(offeredPerSecond)}/s`, 'demand')],
    [span(`${elapsed}${end}`, 'dim')],
    [span(`p50 ${formatLatency(latency?.p50)}`)],
    [span(`p99 ${formatLatency(latency?.p99)}`)],
  ];
  return [...flow(counts, columns, 2), ...flow(now, columns, 2)];
}

/** A decision as one line: time, HPA, a sign for what it does, and its reason. */
export function decisionLine({ atMs, autoscaler, verdict, text }: DecisionRecord): Line {
  const { sign, style } = VERDICTS[verdict];
  return [
    span(`${formatTimeOfDay(atMs)} `, 'dim'),
    span(`hpa/${autoscaler.name} `),
    span(`${sign} ${cleanText(text)}`, style),
  ];
}

/** Events, newest first; warnings are marked. Those that a decision says as well are left to it. */
export function eventLines(view: RunView): Line[] {
  return view.events
    .filter((seen) => !isToldByDecision(seen))
    .toReversed()
    .map(({ atMs, about, event }) => [
      span(`${formatTimeOfDay(atMs)} `, 'dim'),
      span(event.type === 'Warning' ? '! ' : '  ', 'warning'),
      span(`${cleanText(about)} ${cleanText(event.reason)}: ${cleanText(event.message)}`),
    ]);
}

/** A line of a container's output with where it comes from. */
export function logLine({ pod, container, stream, text }: OutputLine): Line {
  return [
    span(`${cleanText(pod)}/${cleanText(container)} `, 'dim'),
    span(cleanText(text), stream === 'stderr' ? 'warning' : 'plain'),
  ];
}

/** What the chart shows, over which time, and its legend. */
export function chartTitle({ demand, demandUnit }: RunView, columns: number): Line {
  const legend: Line = [span('█ demand', 'demand'), span('  '), span('─ capacity', 'capacity')];
  const title: Line = [
    span(demandUnit, 'bold'),
    span(` last ${formatElapsed(demand.length)}`, 'dim'),
  ];
  return spread(title, legend, columns);
}
