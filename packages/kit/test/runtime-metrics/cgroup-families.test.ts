import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeExposition } from '@bellows/exposition';
import { temporaryDirectory } from '@bellows/testkit';
import { cgroupFamilies } from '../../src/runtime-metrics/cgroup-families.ts';
import { findCgroup } from '../../src/runtime-metrics/cgroup-files.ts';
import { CGROUP_V2_FILES } from '../fixtures/cgroup-v2.ts';

/** The lines that a process in this file system has. */
async function linesIn(files: Readonly<Record<string, string>>): Promise<string[]> {
  await using folder = await temporaryDirectory();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true });
    writeFileSync(join(folder.path, path), text);
  }
  const page = writeExposition(cgroupFamilies(findCgroup(folder.path)));
  return page.split('\n').filter((line) => line.startsWith('cgroup_'));
}

const V1_MOUNTS = `32 31 0:29 /kubepods/pod1/abc /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu,cpuacct
33 31 0:30 /kubepods/pod1/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory
`;
const V1_PATHS = '9:memory:/kubepods/pod1/abc\n4:cpu,cpuacct:/kubepods/pod1/abc\n';

describe('a control group of version 2', () => {
  test('tells CPU, throttling, limits, memory and pressure', async () => {
    expect(await linesIn(CGROUP_V2_FILES)).toEqual([
      'cgroup_cpu_usage_seconds_total 12.5',
      'cgroup_cpu_limit_cores 1.5',
      'cgroup_cpu_periods_total 100',
      'cgroup_cpu_throttled_periods_total 7',
      'cgroup_cpu_throttled_seconds_total 0.25',
      'cgroup_cpu_pressure_seconds_total 3',
      'cgroup_memory_usage_bytes 3e+08',
      'cgroup_memory_working_set_bytes 2e+08',
      'cgroup_memory_limit_bytes 5.36870912e+08',
      'cgroup_memory_oom_kills_total 2',
      'cgroup_memory_pressure_seconds_total 0.5',
    ]);
  });

  test('leaves a limit out that is not set, and what has no file', async () => {
    const lines = await linesIn({
      ...CGROUP_V2_FILES,
      'sys/fs/cgroup/cpu.max': 'max 100000\n',
      'sys/fs/cgroup/memory.max': 'max\n',
      'sys/fs/cgroup/cpu.pressure': '',
    });
    expect(lines.filter((line) => /limit|cpu_pressure/.test(line))).toEqual([]);
  });

  test('is found below the mount when the process sees the whole hierarchy', async () => {
    const lines = await linesIn({
      'proc/self/mountinfo': CGROUP_V2_FILES['proc/self/mountinfo']!,
      'proc/self/cgroup': '0::/system.slice/shop.service\n',
      'sys/fs/cgroup/system.slice/shop.service/memory.current': '4096\n',
    });
    expect(lines).toEqual(['cgroup_memory_usage_bytes 4096']);
  });
});

describe('a control group of version 1', () => {
  test('tells CPU, throttling, limits and memory, also where the host’s path is not mounted', async () => {
    const cpu = 'sys/fs/cgroup/cpu,cpuacct';
    expect(
      await linesIn({
        'proc/self/mountinfo': V1_MOUNTS,
        'proc/self/cgroup': V1_PATHS,
        [`${cpu}/cpu.stat`]: 'nr_periods 10\nnr_throttled 3\nthrottled_time 1500000000\n',
        [`${cpu}/cpuacct.usage`]: '2500000000\n',
        [`${cpu}/cpu.cfs_quota_us`]: '50000\n',
        [`${cpu}/cpu.cfs_period_us`]: '100000\n',
        'sys/fs/cgroup/memory/memory.usage_in_bytes': '300\n',
        'sys/fs/cgroup/memory/memory.stat': 'inactive_file 1\ntotal_inactive_file 100\n',
        'sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
        'sys/fs/cgroup/memory/memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\noom_kill 1\n',
      }),
    ).toEqual([
      'cgroup_cpu_usage_seconds_total 2.5',
      'cgroup_cpu_limit_cores 0.5',
      'cgroup_cpu_periods_total 10',
      'cgroup_cpu_throttled_periods_total 3',
      'cgroup_cpu_throttled_seconds_total 1.5',
      'cgroup_memory_usage_bytes 300',
      'cgroup_memory_working_set_bytes 200',
      'cgroup_memory_oom_kills_total 1',
    ]);
  });

  test('has no CPU limit when its quota is -1', async () => {
    const lines = await linesIn({
      'proc/self/mountinfo': V1_MOUNTS,
      'proc/self/cgroup': V1_PATHS,
      'sys/fs/cgroup/cpu,cpuacct/cpu.stat': '',
      'sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '-1\n',
      'sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
    });
    expect(lines).toEqual([]);
  });
});

test('without control groups there is nothing to tell', async () => {
  expect(
    await linesIn({ 'proc/self/cgroup': 'nonsense\n::\n', 'proc/self/mountinfo': '\n-\n' }),
  ).toEqual([]);
});
