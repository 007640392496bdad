import { setTimeout as sleep } from 'node:timers/promises';
import type { Container, LifecycleHandler } from '@bellows/manifest';
import { runExec, type ExecTarget } from '../probe/exec-probe.ts';
import { runHttpProbe } from '../probe/http-probe.ts';
import { resolvePort } from '../probe/probe-port.ts';
import type { ProbeReport } from '../probe/probe-report.ts';

/** Why a hook is called off whose container goes on: the grace period is used up. */
export const GRACE_USED_UP = 'grace period used up';

/** What a hook runs against. */
export interface HookTarget {
  readonly container: Container;
  readonly address: string;
  readonly portMap: Readonly<Record<number, number>>;
  readonly exec: Omit<ExecTarget, 'command'>;
}

/** How long a hook may run. */
export interface HookLimits {
  readonly timeoutMs: number;
  /** Calls the hook off. */
  readonly signal: AbortSignal;
}

/**
 * Runs a `preStop` hook.
 *
 * @param limits - Time for a command or request, and the signal that calls the hook off.
 * @returns Why it failed; undefined when it did not, or was called off for another reason than
 *   {@link GRACE_USED_UP}. Any answer to a request will do.
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/lifecycle/handlers.go (handlerRunner.Run)
 */
export async function runPreStop(
  hook: LifecycleHandler,
  target: HookTarget,
  limits: HookLimits,
): Promise<string | undefined> {
  const { signal, timeoutMs } = limits;
  if (hook.sleep !== undefined) {
    await sleep(hook.sleep.seconds * 1000, undefined, { signal }).catch(() => undefined);
    return undefined;
  }
  if (hook.exec !== undefined) {
    const exec = { ...target.exec, command: hook.exec.command };
    return failureOf(await runExec(exec, timeoutMs, signal), signal);
  }
  return hook.httpGet === undefined ? undefined : askHook(hook.httpGet, target, limits);
}

function failureOf(report: ProbeReport, signal: AbortSignal): string | undefined {
  if (!signal.aborted) return report.outcome === 'success' ? undefined : report.message;
  return signal.reason === GRACE_USED_UP ? GRACE_USED_UP : undefined;
}

async function askHook(
  action: NonNullable<LifecycleHandler['httpGet']>,
  target: HookTarget,
  { timeoutMs, signal }: HookLimits,
): Promise<string | undefined> {
  const port = resolvePort(action.port, target.container, target.portMap);
  if (typeof port !== 'number') return port.reason;
  const hasAgent = action.httpHeaders.some(({ name }) => name.toLowerCase() === 'user-agent');
  const agent = hasAgent ? [] : [{ name: 'User-Agent', value: 'kube-lifecycle/1.37' }];
  const { scheme, path } = action;
  const host = action.host ?? target.address;
  const headers = [...action.httpHeaders, ...agent];
  const report = await runHttpProbe({ scheme, host, port, path, headers }, timeoutMs, signal);
  return report.statusCode === undefined ? failureOf(report, signal) : undefined;
}
