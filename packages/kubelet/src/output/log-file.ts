import { appendFile, rename, stat } from 'node:fs/promises';

/** A log file is moved aside to `NAME.1` when it has grown to so many bytes. */
export const MAX_LOG_BYTES: number = 5 * 1024 * 1024;
/** Lines waiting for a slow disk are dropped beyond so many bytes. */
const MAX_PENDING_BYTES = 1024 * 1024;

/** A bounded file of lines; see {@link createLogFile}. */
export interface LogFile {
  /** Where it is, once a line has been written. */
  readonly path: string;
  /** Takes a line; never throws and never waits. */
  write(line: string): void;
  /** Resolves when all lines taken so far are written or lost. */
  flush(): Promise<void>;
}

/**
 * Creates a log file that is appended to in the background. It and its one predecessor together stay below
 * twice {@link MAX_LOG_BYTES}. A write that fails loses its lines and calls `onError`.
 */
export function createLogFile(path: string, onError: (error: unknown) => void): LogFile {
  let pending: string[] = [];
  let pendingBytes = 0;
  let droppedLines = 0;
  let fileBytes: number | undefined;
  let writing: Promise<void> | undefined;

  const writePending = async (): Promise<void> => {
    while (pending.length > 0) {
      const note =
        droppedLines === 0 ? '' : `… ${droppedLines} lines dropped: the disk is too slow\n`;
      const text = `${pending.join('\n')}\n${note}`;
      [pending, pendingBytes, droppedLines] = [[], 0, 0];
      try {
        fileBytes ??= await sizeOf(path);
        if (fileBytes > MAX_LOG_BYTES) {
          await rename(path, `${path}.1`);
          fileBytes = 0;
        }
        await appendFile(path, text);
        fileBytes += Buffer.byteLength(text);
      } catch (error) {
        onError(error);
      }
    }
    writing = undefined;
  };

  return {
    path,
    write(line) {
      if (pendingBytes > MAX_PENDING_BYTES) {
        droppedLines += 1;
        return;
      }
      pending.push(line);
      pendingBytes += Buffer.byteLength(line) + 1;
      writing ??= writePending();
    },
    flush: () => writing ?? Promise.resolve(),
  };
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.size,
    () => 0,
  );
}
