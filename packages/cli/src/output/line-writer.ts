import type { Notice } from './output.ts';

/** Writes lines to standard output, however fast they are read. */
export interface LineWriter {
  /** A line that must not be missing: it waits in memory until it is read. */
  write(line: string): void;
  /** A line that may be missing: it is left out while the reader lags behind. */
  offer(line: string): void;
  /** How many lines were left out since this was last asked. */
  takeLeftOut(): number;
}

/** What may wait for a reader before lines are left out, in bytes: more than a burst of logs, which a quick one soon has read. */
export const MAX_WAITING_BYTES: number = 1024 * 1024;

/** Writes to a stream; a reader is late when more than {@link MAX_WAITING_BYTES} wait for it. */
export function createLineWriter(
  stream: Pick<NodeJS.WriteStream, 'write' | 'writableLength'>,
): LineWriter {
  let leftOut = 0;
  const write = (line: string): void => {
    stream.write(`${line}\n`);
  };
  return {
    write,
    offer(line) {
      if (stream.writableLength > MAX_WAITING_BYTES) leftOut += 1;
      else write(line);
    },
    takeLeftOut() {
      const count = leftOut;
      leftOut = 0;
      return count;
    },
  };
}

/** Says how many lines were left out; nothing when none was. */
export function tellLeftOut(lines: LineWriter, notify: (notice: Notice) => void): void {
  const count = lines.takeLeftOut();
  if (count === 0) return;
  const text = `${count} lines (seconds, logs) were left out: standard output was not read in time`;
  notify({ level: 'warning', text });
}
