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
  /** Tells of each line from now on, until the function that is returned is called. */
  follow(follower: LogFollower): () => void;
  /** Nothing comes any more: ends all that follow, now or later. */
  close(): void;
}

/** Who is told of what comes. */
export interface LogFollower {
  readonly line: (line: LogLine) => void;
  /** Called once, when nothing comes any more. */
  readonly end: () => void;
}

/** So many characters are kept of a container's output. */
export const MAX_LOG_CHARACTERS: number = 1024 * 1024;

/** Makes an empty buffer. */
export function createLogBuffer(): LogBuffer {
  let kept: LogLine[] = [];
  let characters = 0;
  const followers = new Set<LogFollower>();
  let isClosed = false;
  return {
    add(line) {
      kept.push(line);
      characters += line.text.length + 1;
      if (characters > MAX_LOG_CHARACTERS) {
        // Half at once, so that it is not done for each line.
        kept = kept.slice(Math.ceil(kept.length / 2));
        characters = kept.reduce((sum, { text }) => sum + text.length + 1, 0);
      }
      for (const follower of followers) follower.line(line);
    },
    lines({ tailLines = Infinity, sinceMs = -Infinity }) {
      const recent = kept.filter(({ atMs }) => atMs >= sinceMs);
      return tailLines >= recent.length ? recent : recent.slice(recent.length - tailLines);
    },
    follow(follower) {
      if (isClosed) follower.end();
      else followers.add(follower);
      return () => {
        followers.delete(follower);
      };
    },
    close() {
      isClosed = true;
      for (const follower of followers) follower.end();
      followers.clear();
    },
  };
}
