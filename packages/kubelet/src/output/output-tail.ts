const MAX_LINES = 20;
const MAX_CHARACTERS = 2048;

/** The last lines of a container's output, for the message of one that fails. */
export class OutputTail {
  #lines: string[] = [];

  /** Takes the next line. */
  push(line: string): void {
    this.#lines.push(line.slice(0, MAX_CHARACTERS));
    if (this.#lines.length > MAX_LINES) this.#lines.shift();
  }

  /** Up to 20 lines and 2 KiB, as `terminationMessagePolicy: FallbackToLogsOnError` would keep them (80 lines there). */
  text(): string {
    return this.#lines.join('\n').slice(-MAX_CHARACTERS);
  }
}
