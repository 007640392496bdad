/** The living processes that carry one of `marks` (`NAME=VALUE`) in their environment; Linux, else empty. */
export declare function findByEnvironment(
  marks: readonly string[],
): { readonly pid: number; readonly mark: string }[];

/** Sends a signal to a process or, if negative, a group; false when there is none to get it. */
export declare function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean;
