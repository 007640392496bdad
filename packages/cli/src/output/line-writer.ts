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

/** Writes to a stream; what its buffer holds beyond its mark makes a reader late. */
export function createLineWriter(
  stream: Pick<NodeJS.WriteStream, 'write' | 'writableNeedDrain'>,
): LineWriter {
  let leftOut = 0;
  const write = (line: string): void => {
    stream.write(`${line}\n`);
  };
  return {
    write,
    offer(line) {
      if (stream.writableNeedDrain) leftOut += 1;
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
