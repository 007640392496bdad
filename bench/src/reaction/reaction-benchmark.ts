import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildKube, createAuditLog, deployAdapter, kubectl, startCluster } from '@bellows/e2e';
import { createKubernetesClient } from '@bellows/kubernetes';
import { machineLacks } from '../adapter/machine-lacks.ts';
import type { Benchmark } from '../benchmark.ts';
import { adapterConfig } from './adapter-config.ts';
import { budgetOf, drawBudget, LEGEND, type MeasuredStep } from './delay-budget.ts';
import { PROMETHEUS_URL, startPrometheusInside } from './prometheus-inside.ts';
import { reactionRows } from './reaction-rows.ts';
import { runStep, type StepRun } from './run-step.ts';
import { NAMESPACES, namespaceOf, SIGNALS, type Signal } from './signals.ts';
import { reactionOf, readTimeline } from './timeline.ts';

/** How long after a fivefold step a real HPA has enough pods, by each way a metric reaches it. */
export const reactionBenchmark: Benchmark = {
  name: 'reaction',
  summary:
    'fivefold steps on a real control plane: scale writes and new pods, direct and by Prometheus, beside their floor',
  defaults: { rounds: 2 },
  obstacle: machineLacks,
  run: async ({ rounds }) => {
    const folder = mkdtempSync(join(tmpdir(), 'bellows-bench-'));
    const ends: (() => unknown)[] = [];
    try {
      const steps = await measure(folder, rounds, ends);
      printBudgets(steps);
      return SIGNALS.flatMap((signal) => reactionRows(signal, of(signal, steps)));
    } finally {
      for (const end of ends.reverse()) await end();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(
  folder: string,
  rounds: number,
  ends: (() => unknown)[],
): Promise<MeasuredStep[]> {
  const audit = createAuditLog(folder);
  const cluster = await startCluster({
    ...{ kube: await buildKube(), node: { cpu: '64' } },
    extraFlags: { apiserver: audit.flags },
  });
  ends.push(() => cluster.stop());
  const { info } = cluster.plane;
  const client = await createKubernetesClient({ kubeconfig: info.kubeconfig });
  ends.push(() => {
    client.close();
  });
  for (const name of Object.values(NAMESPACES)) await kubectl(info, ['create', 'namespace', name]);
  const prometheus = await startPrometheusInside(info, client, folder);
  ends.push(() => prometheus.stop());
  const adapter = await deployAdapter(info, {
    ...{ folder, config: adapterConfig(), prometheusUrl: PROMETHEUS_URL, isInside: true },
    args: ['--metrics-max-age=2m'],
  });
  ends.push(() => adapter.stop());
  // Signals side by side, the steps of one signal one after the other.
  const runs = await Promise.all(
    SIGNALS.map(async (signal) => {
      const done: StepRun[] = [];
      for (let step = 0; step < rounds; step += 1) {
        const name = `${signal.id}-${step + 1}`;
        const phase = (step + Math.random()) / rounds;
        done.push(await runStep(cluster, client, { signal, name, phase }));
        console.error(
          `${name} done, load average ${loadavg()
            .map((load) => load.toFixed(1))
            .join(' ')}`,
        );
      }
      return done;
    }),
  );
  const events = audit.events();
  return runs.flat().map((run) => {
    const timeline = readTimeline(events, { ...run, namespace: namespaceOf(run.signal) });
    return { run, reaction: reactionOf(timeline) };
  });
}

const of = (signal: Signal, steps: readonly MeasuredStep[]): MeasuredStep[] =>
  steps.filter(({ run }) => run.signal === signal);

function printBudgets(steps: readonly MeasuredStep[]): void {
  for (const signal of SIGNALS) {
    const own = of(signal, steps);
    for (const { run, reaction } of own)
      console.log(JSON.stringify({ step: run.name, ...reaction }));
    const budget = budgetOf(own);
    if (budget !== undefined) console.log(`${signal.title}\n  ${drawBudget(budget)}`);
  }
  console.log(LEGEND);
}
