import { createLogFile, type LogFile } from './log-file.ts';
import { createLogFolder, logPath, removeOldLogs } from './log-folder.ts';
import { join } from 'node:path';

/** The logs of all containers of a run. */
export interface Logs {
  /**
   * Creates the folder and removes the oldest logs of earlier runs.
   *
   * @throws BellowsError `ERR_KUBELET_STATE_DIRECTORY` when the folder cannot be made.
   */
  start(): Promise<void>;
  /** Opens a container's log. */
  readonly open: (pod: string, container: string) => LogFile;
  /** The pod is gone: its logs may be removed when there are too many. */
  close(pod: string): void;
  /** Resolves when all is written. */
  stop(): Promise<void>;
}

/** Creates the logs under `stateDirectory/logs`. A failed write calls `onError` and loses its lines. */
export function createLogs(
  stateDirectory: string,
  onError: (pod: string, error: unknown) => void,
): Logs {
  const folder = join(stateDirectory, 'logs');
  const open = new Map<string, { readonly pod: string; readonly file: LogFile }>();
  let cleaning: Promise<void> = Promise.resolve();
  const clean = (): Promise<void> => {
    cleaning = cleaning.then(() => removeOldLogs(folder, (path) => open.has(path)));
    return cleaning;
  };
  return {
    async start() {
      await createLogFolder(folder);
      await clean();
    },
    open(pod, container) {
      const path = logPath(folder, pod, container);
      const file = createLogFile(path, (error) => {
        onError(pod, error);
      });
      open.set(path, { pod, file });
      return file;
    },
    close(pod) {
      const ended = [...open].filter(([, entry]) => entry.pod === pod);
      void Promise.all(ended.map(([, { file }]) => file.flush())).then(() => {
        for (const [path] of ended) open.delete(path);
        return clean();
      });
    },
    async stop() {
      await Promise.all([...open.values()].map(({ file }) => file.flush()));
      await cleaning;
    },
  };
}
