/**
 * The variables of the user's shell that a container gets too: what a program needs to find its tools,
 * its language and its folders on this machine. Everything else stays out, as in a cluster: a service
 * that only works with a variable of the developer's shell would fail there, and secrets of the shell are not
 * handed to every process. What a service needs belongs into its manifest; so do `NODE_OPTIONS`, since those of
 * the shell are meant for another process: an `--inspect=9229` or an editor's `--require` in every pod.
 */
const PASSED_ON = new Set([
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LANGUAGE',
  'TZ',
  'TMPDIR',
  'NODE_EXTRA_CA_CERTS',
]);

/** The part of `environment` that containers get: the named ones and `LC_*`. */
export function machineEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Map<string, string> {
  const passed = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (PASSED_ON.has(entry[0]) || entry[0].startsWith('LC_')),
  );
  return new Map(passed);
}

/**
 * `NODE_OPTIONS` with `--require file` in front, so that the file is loaded before whatever the manifest's
 * own options load.
 */
export function requireFirst(file: string, nodeOptions: string | undefined): string {
  const quoted = /[\s"\\]/.test(file) ? `"${file.replace(/["\\]/g, '\\$&')}"` : file;
  return ['--require', quoted, nodeOptions].filter((part) => part !== undefined).join(' ');
}
