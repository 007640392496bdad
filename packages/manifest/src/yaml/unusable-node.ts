/** Text that cannot be a manifest's value, found while it is read; becomes a problem of its document. */
export class UnusableNode extends Error {
  /** Where in the text, in characters. */
  readonly offset: number;
  /** How to mend it, if there is one obvious way. */
  readonly remedy: string | undefined;

  constructor(offset: number, message: string, remedy?: string) {
    super(message);
    this.offset = offset;
    this.remedy = remedy;
  }
}
