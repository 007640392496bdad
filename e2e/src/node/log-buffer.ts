/** A line of a container's output with its time. */
export interface LogLine {
  readonly atMs: number;
  readonly text: string;
}

/** Which lines are asked for, as `v1 PodLogOptions`. */
export interface LogSelection {
  /** The newest so many. @defaultValue all */
  readonly tailLines?: number;
  /** From this time on, in milliseconds since the epoch. @defaultValue all */
  readonly sinceMs?: number;
}

/** The newest lines of a container, over its restarts. */
export interface LogBuffer {
  add(line: LogLine): void;
  lines(selection: LogSelection): readonly LogLine[];
  /** Calls back for each line from now on, until the function that is returned is called. */
  follow(take: (line: LogLine) => void): () => void;
}

/** So many characters are kept of a container's output. */
export const MAX_LOG_CHARACTERS: number = 1024 * 1024;

/** Makes an empty buffer. */
export function createLogBuffer(): LogBuffer {
  let kept: LogLine[] = [];
  let characters = 0;
  const followers = new Set<(line: LogLine) => void>();
  return {
    add(line) {
      kept.push(line);
      characters += line.text.length + 1;
      if (characters > MAX_LOG_CHARACTERS) {
        // Half at once, so that it is not done for each line.
        kept = kept.slice(Math.ceil(kept.length / 2));
        characters = kept.reduce((sum, { text }) => sum + text.length + 1, 0);
      }
      for (const take of followers) take(line);
    },
    lines({ tailLines = Infinity, sinceMs = -Infinity }) {
      const recent = kept.filter(({ atMs }) => atMs >= sinceMs);
      return tailLines >= recent.length ? recent : recent.slice(recent.length - tailLines);
    },
    follow(take) {
      followers.add(take);
      return () => {
        followers.delete(take);
      };
    },
  };
}
