import type { LifecycleHandler } from '../kinds/pod-spec.ts';
import type { FieldPath } from '../problem/field-path.ts';
import type { ObjectReport } from '../problem/object-report.ts';
import { record } from '../shape/record-shape.ts';
import { int64Shape } from '../shape/scalar-shapes.ts';
import { optional, plain, presence, type Shape } from '../shape/shape.ts';
import { checkAction, checkExactlyOne, execShape, httpGetShape } from './action.ts';

const handlerFields = {
  exec: optional(execShape),
  httpGet: optional(httpGetShape),
  tcpSocket: plain(presence('Kubernetes itself does not run tcpSocket hooks.')),
  sleep: optional(record('a map with seconds', { seconds: plain(int64Shape) })),
} as const;

const lifecycleFields = { preStop: optional(record('a hook', handlerFields)) } as const;

/** `v1 Lifecycle` as it is written. */
export interface GivenLifecycle {
  /** A hook; with `tcpSocket` it is one that is not run. */
  readonly preStop?: LifecycleHandler & { readonly tcpSocket: boolean };
}

/** `v1 Lifecycle`. */
export const lifecycleShape: Shape<GivenLifecycle> = record('a map with hooks', lifecycleFields, {
  ignored: {
    postStart:
      'postStart hooks are not run: a container that needs its hook starts without what the hook would have done.',
    stopSignal: 'SIGTERM is sent, whatever the signal named here.',
  },
});

/** The hooks that are run; a tcpSocket hook is not. */
export function buildLifecycle({ preStop }: GivenLifecycle): { preStop?: LifecycleHandler } {
  if (preStop === undefined || preStop.tcpSocket) return {};
  const { exec, httpGet, sleep } = preStop;
  return {
    preStop: { ...(exec && { exec }), ...(httpGet && { httpGet }), ...(sleep && { sleep }) },
  };
}

/**
 * Reports what the API server refuses in hooks.
 *
 * @param gracePeriodSeconds - Of the pod: a sleep may not last longer.
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateSleepAction
 */
export function checkLifecycle(
  { preStop }: GivenLifecycle,
  gracePeriodSeconds: number,
  path: FieldPath,
  report: ObjectReport,
): void {
  if (preStop === undefined) return;
  const at = path.child('preStop');
  checkExactlyOne(preStop, ['exec', 'httpGet', 'tcpSocket', 'sleep'], at, report);
  const { exec, httpGet } = preStop;
  checkAction({ ...(exec && { exec }), ...(httpGet && { httpGet }) }, at, report);
  const seconds = preStop.sleep?.seconds;
  if (seconds !== undefined && (seconds < 0 || seconds > gracePeriodSeconds)) {
    report.invalid(at.child('sleep'), seconds, [
      `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriodSeconds})`,
    ]);
  }
}
