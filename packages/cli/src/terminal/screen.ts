import type { WriteStream } from 'node:tty';
import type { Size } from '../view/frame.ts';

/** A terminal that shows whole frames on its alternate screen. */
export interface Screen {
  size(): Size;
  /** Switches to the alternate screen; `onResize` is called when the size has changed. */
  enter(onResize: () => void): void;
  /** Shows a frame in place of the one before. */
  draw(lines: readonly string[]): void;
  /** Gives the screen back as it was, cursor included. Idempotent; also done when the process exits. */
  leave(): void;
  /** Prints a line on the normal screen. */
  print(line: string): void;
}

// Alternate screen, no cursor, no wrapping: a frame drawn for the old width must not break into extra lines.
const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[2J';
const LEAVE = '\u001b[?7h\u001b[?25h\u001b[?1049l';

const FALLBACK_SIZE: Size = { columns: 80, rows: 24 };

/** Takes a terminal; nothing is written before `enter` or `print`. */
export function createScreen(terminal: WriteStream): Screen {
  let isEntered = false;
  let resized: (() => void) | undefined;
  const leave = (): void => {
    if (!isEntered) return;
    isEntered = false;
    process.off('exit', leave);
    if (resized !== undefined) terminal.off('resize', resized);
    terminal.write(LEAVE);
  };
  // A terminal that does not know its size says 0.
  const size = (): Size => ({
    columns: terminal.columns > 0 ? terminal.columns : FALLBACK_SIZE.columns,
    rows: terminal.rows > 0 ? terminal.rows : FALLBACK_SIZE.rows,
  });
  return {
    size,
    enter: (onResize) => {
      isEntered = true;
      resized = onResize;
      process.on('exit', leave);
      terminal.on('resize', onResize);
      terminal.write(ENTER);
    },
    draw: (lines) => {
      if (!isEntered) return;
      // Each line is cleared before it is written: after the last column, 'clear to the end' would eat it.
      const all = Array.from({ length: size().rows }, (_, row) => `\u001b[2K${lines[row] ?? ''}`);
      terminal.write(`\u001b[H${all.join('\r\n')}`);
    },
    leave,
    print: (line) => {
      terminal.write(`${line}\n`);
    },
  };
}
