/** A promise that never rejects, and what settles it. */
export interface Settled<Result = unknown> {
  readonly promise: Promise<PromiseSettledResult<Awaited<Result>>>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** Creates one, as `Promise.allSettled` gives them. */
export function createSettled<Result>(): Settled<Result> {
  let settle: (result: PromiseSettledResult<Awaited<Result>>) => void = () => undefined;
  const promise = new Promise<PromiseSettledResult<Awaited<Result>>>((resolve) => {
    settle = resolve;
  });
  return {
    promise,
    // What a task of this type has resolved with.
    resolve: (value) => {
      settle({ status: 'fulfilled', value: value as Awaited<Result> });
    },
    reject: (reason) => {
      settle({ status: 'rejected', reason });
    },
  };
}
