import { readdirSync } from 'node:fs';
import type { MetricFamily } from '@bellows/exposition';
import { readText } from '../read-text.ts';
import { family } from './family.ts';

/**
 * prom-client's default metrics that are about the process as a whole: they can be read in any of its threads. What
 * the platform does not tell is left out.
 */
export function processFamilies(): MetricFamily[] {
  return [...cpu(), ...memory(), ...fileDescriptors(), startTime(), version()];
}

function cpu(): MetricFamily[] {
  const { user, system } = process.cpuUsage();
  return [
    family(
      'process_cpu_user_seconds_total',
      'counter',
      'User CPU time of all threads.',
      user / 1e6,
    ),
    family(
      'process_cpu_system_seconds_total',
      'counter',
      'System CPU time of all threads.',
      system / 1e6,
    ),
    family(
      'process_cpu_seconds_total',
      'counter',
      'User and system CPU time of all threads.',
      (user + system) / 1e6,
    ),
  ];
}

function memory(): MetricFamily[] {
  const status = readText('/proc/self/status') ?? '';
  const read = (field: string): number | undefined => {
    const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  };
  const resident = read('VmRSS') ?? process.memoryUsage.rss();
  return [
    family('process_resident_memory_bytes', 'gauge', 'Resident memory.', resident),
    ...known('process_virtual_memory_bytes', 'Virtual memory.', read('VmSize')),
    ...known('process_heap_bytes', 'Data segment of the process.', read('VmData')),
  ];
}

function fileDescriptors(): MetricFamily[] {
  const limit = /^Max open files\s+(\d+)/m.exec(readText('/proc/self/limits') ?? '')?.[1];
  return [
    ...known('process_open_fds', 'Open file descriptors.', openFileDescriptors()),
    ...known(
      'process_max_fds',
      'File descriptors that may be open.',
      limit === undefined ? undefined : Number(limit),
    ),
  ];
}

function openFileDescriptors(): number | undefined {
  try {
    // Without the one that this reads from.
    return readdirSync('/proc/self/fd').length - 1;
  } catch {
    return undefined;
  }
}

function startTime(): MetricFamily {
  const help = 'When the process began, in seconds since the epoch.';
  return family('process_start_time_seconds', 'gauge', help, startTimeSeconds());
}

let startSeconds: number | undefined;

/** Fixed at the first reading: computed anew each time it would move with the wall clock's corrections. */
function startTimeSeconds(): number {
  return (startSeconds ??= Math.round((Date.now() / 1000 - process.uptime()) * 1000) / 1000);
}

function version(): MetricFamily {
  const name = 'nodejs_version_info';
  const [major = '', minor = '', patch = ''] = process.version.slice(1).split('.');
  const labels = { version: process.version, major, minor, patch };
  return {
    name,
    type: 'gauge',
    help: 'Version of Node.js.',
    samples: [{ name, labels, value: 1 }],
  };
}

function known(name: string, help: string, value: number | undefined): MetricFamily[] {
  return value === undefined ? [] : [family(name, 'gauge', help, value)];
}
