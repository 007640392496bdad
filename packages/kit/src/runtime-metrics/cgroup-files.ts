import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../read-text.ts';

/** Where the files of the process' own control group are. */
export interface CgroupFolders {
  /** Version 2: all controllers in one folder; undefined when it controls neither CPU nor memory. */
  readonly unified: string | undefined;
  /** Version 1. */
  readonly cpu: string | undefined;
  /** Version 1. */
  readonly cpuacct: string | undefined;
  /** Version 1. */
  readonly memory: string | undefined;
}

interface Mount {
  /** Path, within the hierarchy, of what is mounted. */
  readonly root: string;
  readonly point: string;
  readonly type: string;
  /** Controllers of a mount of version 1. */
  readonly options: readonly string[];
}

/**
 * Finds the control group of this process, as a container or the host sees it.
 * @param fileSystem - Folder that stands for `/`. @defaultValue '/'
 * @see man 7 cgroups, 'Notes'; man 5 proc_pid_mountinfo
 */
export function findCgroup(fileSystem = '/'): CgroupFolders {
  const mounts = readMounts(readText(join(fileSystem, 'proc/self/mountinfo')) ?? '');
  const paths = readPaths(readText(join(fileSystem, 'proc/self/cgroup')) ?? '');
  const find = (
    isMount: (mount: Mount) => boolean,
    controller: string,
    files: readonly string[],
  ): string | undefined => {
    const mount = mounts.find(isMount);
    if (mount === undefined) return undefined;
    const point = join(fileSystem, mount.point);
    const folders = [join(point, within(mount, paths.get(controller) ?? '/')), point];
    return folders.find((folder) => files.some((file) => existsSync(join(folder, file))));
  };
  const ofVersion1 = (controller: string, file: string): string | undefined =>
    find(({ type, options }) => type === 'cgroup' && options.includes(controller), controller, [
      file,
    ]);
  return {
    unified: find(({ type }) => type === 'cgroup2', '', ['memory.current', 'cpu.max']),
    cpu: ofVersion1('cpu', 'cpu.stat'),
    cpuacct: ofVersion1('cpuacct', 'cpuacct.usage'),
    memory: ofVersion1('memory', 'memory.usage_in_bytes'),
  };
}

/** Lines such as `36 35 0:32 /root /point rw,relatime shared:1 - cgroup cgroup rw,memory`. */
function readMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [before = '', after] = line.split(' - ');
    const [, , , root, point] = before.split(' ');
    const [type = '', , options = ''] = after?.split(' ') ?? [];
    if (root === undefined || point === undefined || !type.startsWith('cgroup')) return [];
    return [{ root, point, type, options: options.split(',') }];
  });
}

/** Lines such as `4:cpu,cpuacct:/kubepods/pod1`; version 2 has no controllers there. */
function readPaths(text: string): Map<string, string> {
  const paths = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, controllers, ...path] = line.split(':');
    for (const controller of controllers?.split(',') ?? []) paths.set(controller, path.join(':'));
  }
  return paths;
}

/** The path below the mount; a container without a namespace of its own sees only its part, under the host's path. */
function within({ root }: Mount, path: string): string {
  if (root === '/') return path;
  return path.startsWith(root) ? path.slice(root.length) : '/';
}
