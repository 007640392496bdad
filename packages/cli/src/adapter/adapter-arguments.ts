/** Flags of prometheus-adapter that are on or off; `--flag=false` is off. */
const SWITCHES = [
  'prometheus-auth-incluster',
  'disable-http2',
  'authentication-skip-lookup',
  'authentication-tolerate-lookup-failure',
  'permit-port-sharing',
  'permit-address-sharing',
  'profiling',
  'contention-profiling',
  'enable-priority-and-fairness',
  'logtostderr',
  'alsologtostderr',
  'add-dir-header',
  'skip-headers',
  'skip-log-headers',
  'one-output',
  'take-over',
];
const TRUE = /^(1|t|true)$/i;
const FALSE = /^(0|f|false)$/i;

/**
 * The arguments of `bellows adapter`, written as commander reads them. prometheus-adapter's flags come in Go's ways, since manifests that
 * hold them are to work unchanged: `--flag=true`, `--flag=false`, `-v=4`, `_` for `-`.
 */
export function adapterArguments(args: readonly string[]): string[] {
  return args.flatMap((arg) => {
    const verbosity = /^-v=?(\d+)$/.exec(arg)?.[1];
    if (verbosity !== undefined) return [`--v=${verbosity}`];
    const [, name, value] = /^--([A-Za-z0-9_-]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name === undefined) return [arg];
    const flag = `--${name.replaceAll('_', '-')}`;
    if (value === undefined) return [flag];
    if (!SWITCHES.includes(flag.slice(2))) return [`${flag}=${value}`];
    if (TRUE.test(value)) return [flag];
    return FALSE.test(value) ? [] : [`${flag}=${value}`];
  });
}
