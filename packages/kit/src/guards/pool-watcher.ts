import type { KitContext } from '../kit-context.ts';
import type { Watch } from './guard.ts';
import type { Watched } from './pool-driver.ts';
import { createPoolMetrics, type PoolMetrics } from './pool-metrics.ts';

/** How often the counts of pools are read that do not tell of each change, in milliseconds. */
const SAMPLE_INTERVAL_MS = 1_000;

/** Asks the server behind a pool. @returns a sentence for what does not fit. Never rejects. */
export type AskServer = () => Promise<readonly string[]>;

/** Keeps the metrics of pools up to date, and says what has no bound: at once, and of the server after the start. */
export class PoolWatcher {
  readonly #context: KitContext;
  readonly #metricsOf: (name: string, pool: Watched) => PoolMetrics;
  readonly #pools: PoolMetrics[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(context: KitContext) {
    this.#context = context;
    this.#metricsOf = createPoolMetrics(context.registry, context.failures);
    context.onStop(() => {
      clearInterval(this.#timer);
    });
  }

  /** Watches a pool from now on. */
  watch(name: string, pool: Watched, ask: AskServer = () => Promise.resolve([])): Watch {
    const metrics = this.#metricsOf(name, pool);
    metrics.sample();
    this.#pools.push(metrics);
    const ofSettings = pool.findings();
    this.#say(name, ofSettings);
    metrics.showWarnings(ofSettings.length);
    let asked: Promise<readonly string[]> | undefined;
    const verify = async (): Promise<readonly string[]> => {
      const ofServer = await (asked ??= ask());
      metrics.showWarnings(ofSettings.length + ofServer.length);
      return [...ofSettings, ...ofServer];
    };
    this.#context.started.when(() => {
      this.#sampleFromNowOn();
      void verify().then((all) => {
        this.#say(name, all.slice(ofSettings.length));
      });
    });
    return { name, verify };
  }

  /** Only a service with pools is woken for them. */
  #sampleFromNowOn(): void {
    this.#timer ??= setInterval(() => {
      for (const metrics of this.#pools) metrics.sample();
    }, SAMPLE_INTERVAL_MS).unref();
  }

  #say(name: string, findings: readonly string[]): void {
    for (const finding of findings) this.#context.log(`pool ${name}: ${finding}`);
  }
}
