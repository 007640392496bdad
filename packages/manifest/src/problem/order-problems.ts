import type { Problem } from './problem.ts';

/** Problems by place: in the order of the files given, then of lines and columns. */
export function orderProblems(
  problems: readonly Problem[],
  files: readonly string[],
): readonly Problem[] {
  const rank = new Map(files.map((file, index) => [file, index]));
  const key = ({ place: { file = '', line = 0, column = 0 } }: Problem): readonly number[] => [
    rank.get(file) ?? 0,
    line,
    column,
  ];
  return problems.toSorted((a, b) => {
    const [keyA, keyB] = [key(a), key(b)];
    const at = keyA.findIndex((part, index) => part !== keyB[index]);
    return at === -1 ? 0 : (keyA[at] ?? 0) - (keyB[at] ?? 0);
  });
}
