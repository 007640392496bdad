/** Bounds on what is read, so that no input takes the memory or the time of its reader. */
export const MANIFEST_LIMITS: Readonly<
  Record<
    | 'maxFileBytes'
    | 'maxTotalBytes'
    | 'maxFiles'
    | 'maxDocuments'
    | 'maxDepth'
    | 'maxNodes'
    | 'maxWords'
    | 'maxProblems',
    number
  >
> = {
  /** Largest file or standard input, in bytes: the API server's own limit of a request. */
  maxFileBytes: 3 * 1024 * 1024,
  /** All files of one call together, in bytes. */
  maxTotalBytes: 32 * 1024 * 1024,
  /** Files of one call, folders counted by their files. */
  maxFiles: 1_000,
  /** YAML documents and list items of one call together. */
  maxDocuments: 5_000,
  /** Nesting of maps and lists. */
  maxDepth: 100,
  /** Values of one document after its aliases are written out. */
  maxNodes: 200_000,
  /** Words and signs of one file, spaces and line ends counted: about 40,000 lines. */
  maxWords: 400_000,
  /** Problems that are spelled out; the rest is counted. */
  maxProblems: 100,
};
