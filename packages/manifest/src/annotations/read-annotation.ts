import { FieldPath } from '../problem/field-path.ts';
import { ObjectReport } from '../problem/object-report.ts';
import type { Problem } from '../problem/problem.ts';
import type { Shape } from '../shape/shape.ts';
import { readDocuments } from '../yaml/read-documents.ts';

/** What an annotation's text says. */
export interface ReadAnnotation<T> {
  readonly value: T;
  /** Lines, columns and fields are those inside the annotation. */
  readonly problems: readonly Problem[];
  /** For problems that are found later. */
  readonly report?: ObjectReport;
}

/** Reads an annotation whose text is one YAML document. Empty text is the shape's zero. */
export function readAnnotation<T>(text: string, shape: Shape<T>): ReadAnnotation<T> {
  const { documents, problems } = readDocuments({ file: '', text }, 1);
  const [document] = documents;
  if (document === undefined || problems.length > 0) {
    return { value: shape.zero, problems: problems.map(withoutFile) };
  }
  const report = new ObjectReport(document.source, document.root, 'annotation');
  const value = shape.read(document.root, FieldPath.root, report);
  return { value, problems: report.problems.map(withoutFile), report };
}

/** The problem without the file, which an annotation has not. */
export function withoutFile(problem: Problem): Problem {
  const { line, column, field } = problem.place;
  return {
    ...problem,
    place: {
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
      ...(field !== undefined && { field }),
    },
  };
}
