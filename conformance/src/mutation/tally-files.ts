/** What became of the changes of one file. */
export interface FileTally {
  readonly file: string;
  /** Changes that were tried. */
  readonly tried: number;
  /** Of these, those that a test noticed. */
  readonly killed: number;
  /** Constants, which are not changed. */
  readonly left: number;
}

/** What a tally needs of Stryker's result for one mutant. */
export interface MutantFate {
  readonly fileName: string;
  /** Stryker's word for what became of it. */
  readonly status: string;
}

/** Counts for each file what became of its mutants. */
export function tallyFiles(files: readonly string[], mutants: readonly MutantFate[]): FileTally[] {
  return files.map((file) => {
    const statuses = mutants
      .filter(({ fileName }) => fileName === file)
      .map(({ status }) => status);
    const left = statuses.filter((status) => status === 'Ignored').length;
    const survived = statuses.filter((status) => status === 'Survived' || status === 'NoCoverage');
    const tried = statuses.length - left;
    return { file, tried, killed: tried - survived.length, left };
  });
}
