import type { MetricFamily } from '@bellows/exposition';
import { LoopTimeReader } from '../admin/loop-time.ts';
import { MetricsView } from '../admin/metrics-view.ts';
import type { LoopState } from '../admin/loop-state.ts';
import { stateFamilies } from '../admin/state-families.ts';
import { lastingFamilies, mergeFamilies } from '../cluster/merge-families.ts';
import { monotonicSeconds } from '../instruments/age-gauge.ts';
import { ControlBlock } from '../memory/control-block.ts';
import { openThreadChannel, type ThreadChannel, type ThreadMessage } from './thread-message.ts';

/** A thread whose heart has not beaten for longer was terminated, or is beyond help. */
const SILENT_AFTER_MS = 60_000;

interface ThreadView {
  readonly control: ControlBlock;
  readonly metrics: MetricsView;
  readonly loopTime: LoopTimeReader;
}

/** The worker threads of this process that have a kit, as their shared memory tells of them. */
export class Threads {
  readonly #threads = new Map<number, ThreadView>();
  /** What threads that are gone have counted: sums must not fall. */
  #departed: readonly MetricFamily[] = [];
  #channel: ThreadChannel | undefined;

  /** Asks who is there, and takes what comes. */
  start(): void {
    this.#channel = openThreadChannel((message) => {
      this.#take(message);
    });
    this.#channel.post({ kind: 'who' });
  }

  stop(): void {
    this.#channel?.close();
  }

  /**
   * Those that have said that they serve, by `kit.ready()`: one that computes for others may stand still for as long as
   * it likes.
   */
  get serving(): readonly LoopState[] {
    const nowNs = process.hrtime.bigint();
    return [...this.#threads.values()].flatMap(({ control, loopTime }) => {
      const { phase, debuggerAttached } = control;
      if (phase !== 'ready' && phase !== 'draining') return [];
      const { heartbeatAgeMs } = loopTime.read(control.heartbeat, nowNs);
      return { phase, heartbeatAgeMs: debuggerAttached ? 0 : heartbeatAgeMs };
    });
  }

  /** Metrics of each thread, and of those that are gone. */
  pages(): readonly (readonly MetricFamily[])[] {
    const pages: (readonly MetricFamily[])[] = [];
    for (const [thread, view] of this.#threads) {
      const page = pageOf(view);
      if (page === undefined) this.#forget(thread);
      else pages.push(page);
    }
    return this.#departed.length === 0 ? pages : [...pages, this.#departed];
  }

  #take(message: ThreadMessage): void {
    if (message.kind === 'here') {
      const metrics = new MetricsView(message.journal);
      const control = new ControlBlock(message.control);
      const loopTime = this.#threads.get(message.thread)?.loopTime ?? new LoopTimeReader();
      this.#threads.set(message.thread, { control, metrics, loopTime });
    } else if (message.kind === 'entry') {
      this.#threads.get(message.thread)?.metrics.apply(message.entry);
    } else if (message.kind === 'gone') {
      this.#forget(message.thread);
    }
  }

  #forget(thread: number): void {
    const view = this.#threads.get(thread);
    if (view === undefined) return;
    this.#threads.delete(thread);
    const page = [...view.metrics.families(monotonicSeconds())];
    this.#departed = mergeFamilies([this.#departed, lastingFamilies(page)]);
  }
}

/** Its loop's time and its metrics; undefined when it is gone. */
function pageOf({ control, metrics, loopTime }: ThreadView): MetricFamily[] | undefined {
  const loop = loopTime.read(control.heartbeat, process.hrtime.bigint());
  if (loop.heartbeatAgeMs > SILENT_AFTER_MS) return undefined;
  const ofLoop = [...stateFamilies({ phase: control.phase, loop, onWorker: true })].filter(
    ({ name }) => name.startsWith('nodejs_eventloop_'),
  );
  return [...ofLoop, ...metrics.families(monotonicSeconds())];
}
