import { StringDecoder } from 'node:string_decoder';

/** Longest line handed on, in characters; a longer one is cut, as the container runtimes cut at 16 KiB. */
export const MAX_LINE_LENGTH = 16_384;

/** Cuts a stream of bytes into lines; see {@link createLineSplitter}. */
export interface LineSplitter {
  readonly push: (chunk: Buffer) => void;
  /** Hands on what is left without its newline. */
  end(): void;
}

/** Creates a splitter; bytes that are no UTF-8 become U+FFFD, a line's `\r` at its end is dropped. */
export function createLineSplitter(emit: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const take = (text: string): void => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) emitCut(line.endsWith('\r') ? line.slice(0, -1) : line, emit);
    while (rest.length > MAX_LINE_LENGTH) {
      emit(rest.slice(0, MAX_LINE_LENGTH));
      rest = rest.slice(MAX_LINE_LENGTH);
    }
  };
  return {
    push: (chunk) => {
      take(decoder.write(chunk));
    },
    end: () => {
      take(decoder.end());
      if (rest !== '') emitCut(rest, emit);
      rest = '';
    },
  };
}

function emitCut(line: string, emit: (line: string) => void): void {
  let start = 0;
  do {
    emit(line.slice(start, start + MAX_LINE_LENGTH));
    start += MAX_LINE_LENGTH;
  } while (start < line.length);
}
