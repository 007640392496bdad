import { join } from 'node:path';
import type { MetricFamily } from '@bellows/exposition';
import type { CgroupFolders } from './cgroup-files.ts';
import { readText } from '../read-text.ts';
import { family } from './family.ts';

/** What the control group tells; undefined for what it does not: a limit that is not set is not known as a number. */
interface CgroupReading {
  readonly cpuUsageSeconds: number | undefined;
  readonly cpuLimitCores: number | undefined;
  readonly cpuPeriods: number | undefined;
  readonly cpuThrottledPeriods: number | undefined;
  readonly cpuThrottledSeconds: number | undefined;
  readonly cpuPressureSeconds: number | undefined;
  readonly memoryUsageBytes: number | undefined;
  readonly memoryInactiveFileBytes: number | undefined;
  readonly memoryLimitBytes: number | undefined;
  readonly memoryOomKills: number | undefined;
  readonly memoryPressureSeconds: number | undefined;
}

/** Version 1 has no word for 'no limit' but a number of about 2^63. */
const NO_LIMIT_FROM_BYTES = 2 ** 60;

/**
 * CPU, throttling and memory of the process' container, where its control group tells; each family only when it does.
 */
export function cgroupFamilies(folders: CgroupFolders): MetricFamily[] {
  const reading =
    folders.unified === undefined ? readVersion1(folders) : readVersion2(folders.unified);
  const { memoryUsageBytes: usage, memoryInactiveFileBytes: inactive } = reading;
  const workingSet =
    usage === undefined || inactive === undefined ? undefined : Math.max(0, usage - inactive);
  const rows: readonly (readonly [string, 'counter' | 'gauge', string, number | undefined])[] = [
    ['cpu_usage_seconds_total', 'counter', 'CPU time of the container.', reading.cpuUsageSeconds],
    ['cpu_limit_cores', 'gauge', 'CPU limit, in cores.', reading.cpuLimitCores],
    [
      'cpu_periods_total',
      'counter',
      'Periods of the CPU limit in which there was work.',
      reading.cpuPeriods,
    ],
    [
      'cpu_throttled_periods_total',
      'counter',
      'Periods in which the CPU limit was used up.',
      reading.cpuThrottledPeriods,
    ],
    [
      'cpu_throttled_seconds_total',
      'counter',
      'Time for which threads were held back by the CPU limit.',
      reading.cpuThrottledSeconds,
    ],
    [
      'cpu_pressure_seconds_total',
      'counter',
      'Time in which some thread waited for a CPU.',
      reading.cpuPressureSeconds,
    ],
    ['memory_usage_bytes', 'gauge', 'Memory of the container, its file cache included.', usage],
    [
      'memory_working_set_bytes',
      'gauge',
      'Memory without inactive file cache, as the kubelet counts it.',
      workingSet,
    ],
    ['memory_limit_bytes', 'gauge', 'Memory limit.', reading.memoryLimitBytes],
    [
      'memory_oom_kills_total',
      'counter',
      'Processes killed for lack of memory.',
      reading.memoryOomKills,
    ],
    [
      'memory_pressure_seconds_total',
      'counter',
      'Time in which some thread waited for memory.',
      reading.memoryPressureSeconds,
    ],
  ];
  return rows.flatMap(([name, type, help, value]) =>
    value === undefined ? [] : [family(`cgroup_${name}`, type, help, value)],
  );
}

/** @see kernel.org Documentation/admin-guide/cgroup-v2.rst, 'CPU Interface Files', 'Memory Interface Files' */
function readVersion2(folder: string): CgroupReading {
  const text = (file: string): string => readText(join(folder, file)) ?? '';
  const cpu = fieldsOf(text('cpu.stat'));
  const [quota, period] = text('cpu.max').split(/\s/).map(numberOf);
  const micros = (field: string): number | undefined => scaled(cpu.get(field), 1e-6);
  return {
    cpuUsageSeconds: micros('usage_usec'),
    cpuLimitCores: quota === undefined || !period ? undefined : quota / period,
    cpuPeriods: cpu.get('nr_periods'),
    cpuThrottledPeriods: cpu.get('nr_throttled'),
    cpuThrottledSeconds: micros('throttled_usec'),
    cpuPressureSeconds: pressureSeconds(text('cpu.pressure')),
    memoryUsageBytes: numberOf(text('memory.current')),
    memoryInactiveFileBytes: fieldsOf(text('memory.stat')).get('inactive_file'),
    memoryLimitBytes: numberOf(text('memory.max')),
    memoryOomKills: fieldsOf(text('memory.events')).get('oom_kill'),
    memoryPressureSeconds: pressureSeconds(text('memory.pressure')),
  };
}

/** @see kernel.org Documentation/scheduler/sched-bwc.rst, admin-guide/cgroup-v1/memory.rst, cpuacct.rst */
function readVersion1({ cpu, cpuacct, memory }: CgroupFolders): CgroupReading {
  const text = (folder: string | undefined, file: string): string =>
    folder === undefined ? '' : (readText(join(folder, file)) ?? '');
  const stat = fieldsOf(text(cpu, 'cpu.stat'));
  const quota = numberOf(text(cpu, 'cpu.cfs_quota_us'));
  const period = numberOf(text(cpu, 'cpu.cfs_period_us'));
  const limit = numberOf(text(memory, 'memory.limit_in_bytes'));
  return {
    cpuUsageSeconds: scaled(numberOf(text(cpuacct, 'cpuacct.usage')), 1e-9),
    cpuLimitCores: quota === undefined || quota <= 0 || !period ? undefined : quota / period,
    cpuPeriods: stat.get('nr_periods'),
    cpuThrottledPeriods: stat.get('nr_throttled'),
    cpuThrottledSeconds: scaled(stat.get('throttled_time'), 1e-9),
    cpuPressureSeconds: undefined,
    memoryUsageBytes: numberOf(text(memory, 'memory.usage_in_bytes')),
    memoryInactiveFileBytes: fieldsOf(text(memory, 'memory.stat')).get('total_inactive_file'),
    memoryLimitBytes: limit === undefined || limit >= NO_LIMIT_FROM_BYTES ? undefined : limit,
    memoryOomKills: fieldsOf(text(memory, 'memory.oom_control')).get('oom_kill'),
    memoryPressureSeconds: undefined,
  };
}

/** Lines of a name and a number. */
function fieldsOf(text: string): Map<string, number> {
  const fields = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [name = '', value] = line.split(' ');
    const number = numberOf(value ?? '');
    if (number !== undefined) fields.set(name, number);
  }
  return fields;
}

/** `max`, and what is no number, is undefined. */
function numberOf(text: string): number | undefined {
  return /^-?\d+\s*$/.test(text) ? Number(text) : undefined;
}

function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}

/** Microseconds after `total=` in the line `some`. @see kernel.org Documentation/accounting/psi.rst */
function pressureSeconds(text: string): number | undefined {
  const total = /^some .*total=(\d+)/m.exec(text)?.[1];
  return total === undefined ? undefined : Number(total) / 1e6;
}
