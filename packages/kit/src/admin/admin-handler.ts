import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { CheckBoard } from '../memory/check-board.ts';
import type { ControlBlock } from '../memory/control-block.ts';
import type { AdminConfig } from './admin-config.ts';
import type { MemberState } from '../cluster/member-state.ts';
import type { Members } from '../cluster/members.ts';
import { mergeFamilies } from '../cluster/merge-families.ts';
import { createAdminFamilies } from './admin-families.ts';
import { answerDrain } from './drain-request.ts';
import { createHealthEndpoints } from './health-endpoints.ts';
import type { Threads } from '../worker-threads/threads.ts';
import { loopFamilies } from './loop-families.ts';
import type { LoopGroup } from './loop-state.ts';
import { LoopTimeReader } from './loop-time.ts';
import { answerMetrics } from './metrics-answer.ts';
import type { MetricsView } from './metrics-view.ts';

/** What the admin server answers from. */
export interface AdminSources {
  readonly config: AdminConfig;
  readonly control: ControlBlock;
  readonly checks: CheckBoard;
  readonly metrics: MetricsView;
  /** Whether this runs in a thread of its own. */
  readonly onWorker: boolean;
  /** Passes on to the main thread that somebody wants the drain. */
  readonly startDrain: () => void;
  /** Other processes that this one answers for; undefined when there can be none. */
  readonly members?: Members | undefined;
  /** Worker threads with a kit. */
  readonly threads: Threads;
  /** Takes what the journal said since the last call, right before the metrics are rendered. */
  readonly catchUp: () => void;
}

/** Answers probes and metrics from memory: nothing here waits for the main thread. */
export function createAdminHandler(sources: AdminSources): RequestListener {
  const { config, control, metrics, onWorker, members, threads } = sources;
  const loopTime = new LoopTimeReader();
  const families = createAdminFamilies(metrics, onWorker);
  const readLoop = () => loopTime.read(control.heartbeat, process.hrtime.bigint());

  const otherLoops = (): LoopGroup[] => [
    { name: 'children', loops: members?.states ?? [] },
    { name: 'threads', loops: threads.serving },
  ];

  const health = createHealthEndpoints(sources, { readLoop, otherLoops });

  const scrape = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const ofChildren = (await members?.pages()) ?? [];
    const pages = [...threads.pages(), ...ofChildren];
    sources.catchUp();
    const own = families({ phase: control.phase, loop: readLoop(), onWorker });
    const ofOthers = otherLoops().flatMap((group) => loopFamilies(group, config.livenessStallMs));
    const whole = pages.length === 0 ? own : mergeFamilies([own, ofOthers, ...pages]);
    const { headers, body } = answerMetrics(request, whole, onWorker);
    response.setHeaders(new Map(Object.entries(headers)));
    send(request, response, { status: 200, body });
  };

  return (request, response) => {
    const [path, search] = splitOnce(request.url ?? '/', '?');
    if (path === '/drain') {
      send(request, response, answerDrain(request, config.drainToken, sources.startDrain));
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      send(request, response, { status: 405, body: 'method not allowed\n' });
    } else if (path === '/metrics') {
      void scrape(request, response);
    } else if (path === '/state' && config.memberSocket !== undefined) {
      const { phase, debuggerAttached } = control;
      // A loop that a debugger holds is not stuck, and must not be replaced.
      const heartbeatAgeMs = debuggerAttached ? 0 : readLoop().heartbeatAgeMs;
      const state: MemberState = { phase, debuggerAttached, heartbeatAgeMs };
      send(request, response, { status: 200, body: JSON.stringify(state) });
    } else {
      const answer = health(path, new URLSearchParams(search));
      send(request, response, answer ?? { status: 404, body: '404 page not found\n' });
    }
  };
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body }: { readonly status: number; readonly body: string | Buffer },
): void {
  if (!response.hasHeader('Content-Type')) {
    response.setHeader('Content-Type', 'text/plain; charset=utf-8');
    response.setHeader('X-Content-Type-Options', 'nosniff');
  }
  response.statusCode = status;
  response.end(body);
  // A body nobody asked for is not read.
  if (!request.complete) request.resume();
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
