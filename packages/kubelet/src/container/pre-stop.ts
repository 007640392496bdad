import { setTimeout as sleep } from 'node:timers/promises';
import type { Container, LifecycleHandler } from '@bellows/manifest';
import { runExec, type ExecTarget } from '../probe/exec-probe.ts';
import { runHttpProbe } from '../probe/http-probe.ts';
import { resolvePort } from '../probe/probe-port.ts';

/** What a hook runs against. */
export interface HookTarget {
  readonly container: Container;
  readonly address: string;
  readonly portMap: Readonly<Record<number, number>>;
  readonly exec: Omit<ExecTarget, 'command'>;
}

/**
 * Runs a `preStop` hook.
 *
 * @param signal - Ends a sleep early.
 * @param timeoutMs - Ends the other two.
 * @returns Why it failed; undefined when it did not. Any answer to a request will do.
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/lifecycle/handlers.go (handlerRunner.Run)
 */
export async function runPreStop(
  hook: LifecycleHandler,
  target: HookTarget,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<string | undefined> {
  if (hook.sleep !== undefined) {
    await sleep(hook.sleep.seconds * 1000, undefined, { signal }).catch(() => undefined);
    return undefined;
  }
  if (hook.exec !== undefined) {
    const report = await runExec({ ...target.exec, command: hook.exec.command }, timeoutMs);
    return report.outcome === 'success' ? undefined : report.message;
  }
  return hook.httpGet === undefined ? undefined : askHook(hook.httpGet, target, timeoutMs);
}

async function askHook(
  action: NonNullable<LifecycleHandler['httpGet']>,
  target: HookTarget,
  timeoutMs: number,
): Promise<string | undefined> {
  const port = resolvePort(action.port, target.container, target.portMap);
  if (typeof port !== 'number') return port.reason;
  const hasAgent = action.httpHeaders.some(({ name }) => name.toLowerCase() === 'user-agent');
  const agent = hasAgent ? [] : [{ name: 'User-Agent', value: 'kube-lifecycle/1.37' }];
  const { scheme, path } = action;
  const host = action.host ?? target.address;
  const headers = [...action.httpHeaders, ...agent];
  const report = await runHttpProbe({ scheme, host, port, path, headers }, timeoutMs);
  const answered = report.message.startsWith('HTTP probe failed with statuscode');
  return report.outcome === 'success' || answered ? undefined : report.message;
}
