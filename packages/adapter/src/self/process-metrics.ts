import type { MetricFamily } from '@bellows/exposition';
import { gaugeFamily } from './instruments.ts';

const MICROSECONDS = 1e6;
/** Fixed at the start: computed anew each time it would move with the wall clock's corrections. */
const START_SECONDS = Math.round(Date.now() - process.uptime() * 1000) / 1000;

/** What prom-client's default metrics say of a process and its heap, under their names. */
export function processMetrics(): MetricFamily[] {
  const { rss, heapTotal, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const { utilization } = performance.eventLoopUtilization();
  const gauge = (name: string, help: string, value: number): MetricFamily =>
    gaugeFamily({ name, help }, [[{}, value]]);
  const name = 'process_cpu_seconds_total';
  const cpu = { name, labels: {}, value: (user + system) / MICROSECONDS };
  return [
    { name, type: 'counter', help: 'User and system CPU time of all threads.', samples: [cpu] },
    gauge('process_resident_memory_bytes', 'Resident memory.', rss),
    gauge('process_start_time_seconds', 'When the process began, since the epoch.', START_SECONDS),
    gauge('nodejs_heap_size_total_bytes', 'Size of the heap.', heapTotal),
    gauge('nodejs_heap_size_used_bytes', 'Used part of the heap.', heapUsed),
    gauge('nodejs_external_memory_bytes', 'Memory outside the heap of its objects.', external),
    gauge('nodejs_eventloop_utilization', 'Busy part of the time since the start.', utilization),
    gaugeFamily({ name: 'nodejs_version_info', help: 'Version of Node.js.' }, [
      [{ version: process.version }, 1],
    ]),
  ];
}
