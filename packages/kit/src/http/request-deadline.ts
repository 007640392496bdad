import { BellowsError } from '@bellows/core';
import type { IncomingHttpHeaders } from 'node:http';
import { recordOf, type AnyRequest, type RequestRecord } from './request-record.ts';
import { timerDelayMs } from '../time-limit.ts';

/**
 * The header that tells how long a caller still waits for the answer, in milliseconds. Relative, so that no two
 * clocks have to agree. Envoy, and with it Istio, sets it on every request it passes on, and takes it away from
 * requests that come from outside.
 * @see envoyproxy/envoy, HTTP filters, Router: `x-envoy-expected-rq-timeout-ms`
 */
export const DEADLINE_HEADER = 'x-envoy-expected-rq-timeout-ms';

/**
 * How long a request may take from its arrival, in seconds: what its caller said, at most `maxSeconds`. A header that
 * is no whole number of milliseconds says nothing, as does one of 0, with which Envoy tells of no timeout.
 * @param maxSeconds - Infinity for no bound of the service's own.
 */
export function requestTimeoutSeconds(headers: IncomingHttpHeaders, maxSeconds: number): number {
  const said = headers[DEADLINE_HEADER];
  const isNumber = typeof said === 'string' && /^\d{1,12}$/.test(said);
  const saidMs = isNumber ? Number(said) : 0;
  return saidMs > 0 ? Math.min(saidMs / 1000, maxSeconds) : maxSeconds;
}

/** The header's value for a call that may take so long; undefined when there is no bound. At least 1. */
export function deadlineHeaderValue(leftSeconds: number): string | undefined {
  if (leftSeconds === Infinity) return undefined;
  return String(Math.max(1, Math.floor(leftSeconds * 1000)));
}

/** Seconds until a request's deadline, 0 when it is over; Infinity when it has none, or no attached server took it. */
export function timeLeftSeconds(request: AnyRequest, maxSeconds: number): number {
  const record = recordOf(request);
  if (record === undefined) return Infinity;
  const timeoutSeconds = requestTimeoutSeconds(record.request.headers, maxSeconds);
  if (timeoutSeconds === Infinity) return Infinity;
  return Math.max(0, timeoutSeconds - (performance.now() - record.startMs) / 1000);
}

/** Lets the request's signal abort at its deadline, if it has one. */
export function armDeadline(
  record: RequestRecord,
  controller: AbortController,
  leftSeconds: number,
): void {
  if (leftSeconds === Infinity) return;
  const timer = setTimeout(
    () => {
      controller.abort(
        new BellowsError('ERR_KIT_DEADLINE', 'Expected an answer before the deadline; it is over', {
          remedy:
            'Raise requestTimeoutSeconds or the timeout of the caller, or find what it waits for.',
        }),
      );
    },
    timerDelayMs(leftSeconds * 1000),
  ).unref();
  (record.onEnded ??= []).push(() => {
    clearTimeout(timer);
  });
}
