import type { MetricRegistry } from '../instruments/metric-registry.ts';

/** How a task ended: the `outcome` label of `tasks_total`. */
export const TASK_OUTCOMES = ['completed', 'failed', 'aborted', 'refused'] as const;

/** One of {@link TASK_OUTCOMES}. */
export type TaskOutcome = (typeof TASK_OUTCOMES)[number];

/** The name of a task that has none. */
export const UNNAMED_TASK = 'unnamed';

/** What the tasks of all scopes tell of themselves. */
export interface TaskMetrics {
  /** @param by - 1 for a task that begins, -1 for one that ends. */
  showRunning(task: string, by: 1 | -1): void;
  count(task: string, outcome: TaskOutcome): void;
  countOutlived(task: string): void;
}

/** Creates the metrics of tasks; those of unnamed tasks are there from now on at 0. */
export function createTaskMetrics(registry: MetricRegistry): TaskMetrics {
  const running = registry.gauge({
    name: 'tasks_running',
    help: 'Tasks of scopes that have not ended.',
    labelNames: ['task'],
  });
  const tasks = registry.counter({
    name: 'tasks_total',
    help: 'Tasks of scopes by how they ended.',
    labelNames: ['task', 'outcome'],
  });
  const outlived = registry.counter({
    name: 'tasks_outlived_total',
    help: 'Tasks that went on after their request without having said so.',
    labelNames: ['task'],
  });
  running.set({ task: UNNAMED_TASK }, 0);
  for (const outcome of TASK_OUTCOMES) tasks.inc({ task: UNNAMED_TASK, outcome }, 0);
  outlived.inc({ task: UNNAMED_TASK }, 0);
  return {
    showRunning: (task, by) => {
      running.inc({ task }, by);
    },
    count: (task, outcome) => {
      tasks.inc({ task, outcome });
    },
    countOutlived: (task) => {
      outlived.inc({ task });
    },
  };
}
