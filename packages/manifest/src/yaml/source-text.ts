import type { Place } from '@bellows/core';
import { LineCounter } from 'yaml';

/** A text to read, with the name of where it came from. */
export interface ManifestSource {
  /** File name as the user gave it; `-` is standard input. */
  readonly file: string;
  /** YAML or JSON, within `MANIFEST_LIMITS`; a byte order mark is left out. */
  readonly text: string;
}

/** A source whose offsets can be told as lines and columns. */
export class SourceText {
  readonly file: string;
  readonly text: string;
  /** Filled by the YAML parser. */
  readonly lineCounter: LineCounter = new LineCounter();

  constructor({ file, text }: ManifestSource) {
    this.file = file;
    // A byte order mark is no part of the first key.
    this.text = text.startsWith('\ufeff') ? text.slice(1) : text;
  }

  /** File, line and column of an offset, counted from 1, with the field's path if there is one. */
  place(offset: number, field = ''): Place {
    const { line, col } = this.lineCounter.linePos(offset);
    return {
      file: this.file,
      line: Math.max(1, line),
      column: Math.max(1, col),
      ...(field !== '' && { field }),
    };
  }
}
