import { countPodStates } from '../account/pod-state.ts';
import { serviceUrl } from '../text/service-url.ts';
import type { RunView } from '../view/run-view.ts';
import { tellLeftOut, type LineWriter } from './line-writer.ts';
import type { Notice, Output } from './output.ts';

/** NDJSON: one object a line with its `type`, and nothing else on standard output. */
export function createJsonOutput(lines: LineWriter): Output {
  let view: (() => RunView) | undefined;
  const put = (type: string, fields: object): void => {
    lines.write(lineOf(type, fields));
  };
  const notice = (told: Notice): void => {
    put('notice', told);
  };
  return {
    notice,
    begin: (current) => {
      view = current;
    },
    tick: () => {
      if (view !== undefined) lines.offer(lineOf('tick', tickFields(view())));
    },
    decision: (record) => {
      put('decision', record);
    },
    event: ({ atMs, about, event }) => {
      put('event', { atMs, about, event });
    },
    log: (line) => {
      lines.offer(lineOf('log', line));
    },
    end: () => {
      view = undefined;
      tellLeftOut(lines, notice);
    },
    summary: (report) => {
      put('summary', report);
    },
  };
}

function lineOf(type: string, fields: object): string {
  return JSON.stringify({ type, ...fields });
}

function tickFields({ nowMs, startedAtMs, phase, snapshot, load, demand }: RunView): object {
  return {
    atMs: nowMs,
    elapsedSeconds: (nowMs - startedAtMs) / 1000,
    phase,
    deployments: snapshot.deployments.map(({ name, desiredReplicas, readyReplicas, pods }) => ({
      name,
      desiredReplicas,
      readyReplicas,
      pods: countPodStates(pods),
    })),
    services: snapshot.services.map(({ name, ports }) => ({
      name,
      addresses: ports.map(serviceUrl),
    })),
    demand: demand.at(-1),
    ...(load && { load: loadFields(load) }),
  };
}

function loadFields({
  startedAtMs,
  offeredPerSecond,
  account,
}: NonNullable<RunView['load']>): object {
  const { sent, answered, shed, lost, inFlight, lastSecond } = account;
  return { startedAtMs, offeredPerSecond, sent, answered, shed, lost, inFlight, lastSecond };
}
