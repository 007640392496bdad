import type { BellowsError } from '@bellows/core';
import type { AnyRequest } from '../http/request-record.ts';
import type { WorkLimit } from '../limit/work-limit.ts';
import type { Guard, UseOptions } from './guard.ts';
import type { PoolDriver } from './pool-driver.ts';

/** What connections are lent with. */
export interface LendingParts<Connection> {
  readonly driver: PoolDriver<Connection>;
  /** As many places as there are connections: who waits does so here, where it is bounded and counted. */
  readonly limit: WorkLimit;
  readonly abortSignal: (request: AnyRequest) => AbortSignal;
}

/** Lends connections within a time: see {@link Guard.use}. */
export function createUse<Connection>({
  driver,
  limit,
  abortSignal,
}: LendingParts<Connection>): Guard<Connection>['use'] {
  return (work, { request, signal, ...run }: UseOptions = {}) => {
    const signals = [signal, request && abortSignal(request)].filter((one) => one !== undefined);
    const [first] = signals;
    const caller = signals.length > 1 ? AbortSignal.any(signals) : first;
    return limit.run(
      (taskSignal) => lend(driver, work, taskSignal),
      caller === undefined ? run : { ...run, signal: caller },
    );
  };
}

async function lend<Connection, Result>(
  driver: PoolDriver<Connection>,
  work: (connection: Connection, signal: AbortSignal) => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const connection = await acquire(driver, signal);
  let isBroken = false;
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        isBroken = true;
        // What the limit or the caller gave: an error.
        reject(signal.reason as BellowsError);
      },
      { once: true },
    );
  });
  // A use that ends well leaves it pending, one that is cut may have nobody left to look at it.
  aborted.catch(() => undefined);
  try {
    const worked = work(connection, signal);
    worked.catch(() => undefined);
    return await Promise.race([worked, aborted]);
  } finally {
    driver.release(connection, isBroken);
  }
}

/** A connection that comes when its time is over goes back at once. */
async function acquire<Connection>(
  driver: PoolDriver<Connection>,
  signal: AbortSignal,
): Promise<Connection> {
  const acquired = driver.acquire();
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<undefined>((resolve) => {
    onAbort = () => {
      resolve(undefined);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
  const connection = await Promise.race([acquired, aborted]);
  if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  if (connection !== undefined && !signal.aborted) return connection;
  acquired.then(
    (late) => {
      driver.release(late, false);
    },
    () => undefined,
  );
  throw signal.reason;
}
