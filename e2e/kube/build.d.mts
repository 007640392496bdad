/** Where the build of these very sources is, or will be. */
export function kubePath(): string;
/** The command of a Go that can build it, or undefined. */
export function findGo(): string | undefined;
/** Builds it and resolves with its path. A build that somebody else has begun is waited for. */
export function buildKube(): Promise<string>;
