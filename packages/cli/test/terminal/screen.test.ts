import { EventEmitter } from 'node:events';
import type { WriteStream } from 'node:tty';
import { describe, expect, test } from 'vitest';
import { createScreen } from '../../src/terminal/screen.ts';

class Terminal extends EventEmitter {
  columns = 80;
  rows = 24;
  written = '';
  write(text: string): boolean {
    this.written += text;
    return true;
  }
}

function createTerminal(): { terminal: Terminal; screen: ReturnType<typeof createScreen> } {
  const terminal = new Terminal();
  return { terminal, screen: createScreen(terminal as unknown as WriteStream) };
}

describe('createScreen', () => {
  test('gives the screen back as it was, once', () => {
    const { terminal, screen } = createTerminal();
    terminal.rows = 3;
    const exitListeners = process.listenerCount('exit');
    screen.enter(() => undefined);
    screen.draw(['one', 'two']);
    screen.leave();
    screen.leave();
    screen.draw(['late']);
    screen.print('done');
    expect(terminal.written).toBe(
      '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[2J' +
        '\u001b[H\u001b[2Kone\r\n\u001b[2Ktwo\r\n\u001b[2K' +
        '\u001b[?7h\u001b[?25h\u001b[?1049ldone\n',
    );
    expect(process.listenerCount('exit')).toBe(exitListeners);
    expect(terminal.listenerCount('resize')).toBe(0);
  });

  test('tells of a new size, and takes 80 × 24 for a terminal that knows none', () => {
    const { terminal, screen } = createTerminal();
    let resized = 0;
    screen.enter(() => (resized += 1));
    Object.assign(terminal, { columns: 20, rows: 10 });
    terminal.emit('resize');
    expect(resized).toBe(1);
    expect(screen.size()).toEqual({ columns: 20, rows: 10 });
    Object.assign(terminal, { columns: 0, rows: 0 });
    expect(screen.size()).toEqual({ columns: 80, rows: 24 });
    screen.leave();
  });
});
