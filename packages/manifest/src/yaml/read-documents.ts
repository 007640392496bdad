import { Composer, type Document, type YAMLError } from 'yaml';
import type { Problem } from '../problem/problem.ts';
import { NodeConverter } from './convert-node.ts';
import { guardTokens } from './guard-tokens.ts';
import type { ManifestNode } from './manifest-node.ts';
import { SourceText, type ManifestSource } from './source-text.ts';
import { syntaxRemedy } from './syntax-remedy.ts';
import { UnusableNode } from './unusable-node.ts';

/** A document that could be read. */
export interface ManifestDocument {
  readonly source: SourceText;
  readonly root: ManifestNode;
  /** Whether a key stands in it twice, so that its values may not be those that were meant. */
  readonly isAmbiguous: boolean;
}

/** What {@link readDocuments} found. */
export interface ReadDocuments {
  readonly documents: readonly ManifestDocument[];
  readonly problems: readonly Problem[];
  /** Whether something was left out that may hold any object. */
  readonly isIncomplete: boolean;
}

/**
 * Reads the YAML or JSON documents of one text. Documents with problems are left out, empty ones skipped;
 * what stands after a document that could not be understood is still read.
 *
 * @param maxDocuments - More are a problem, and are not read.
 */
export function readDocuments(input: ManifestSource, maxDocuments: number): ReadDocuments {
  const source = new SourceText(input);
  const documents: ManifestDocument[] = [];
  const problems: Problem[] = [];
  let isIncomplete = false;
  try {
    for (const document of composeDocuments(source)) {
      if (document.contents === null && document.errors.length === 0) continue;
      if (documents.length >= maxDocuments) {
        const at = document.range[0];
        problems.push(problemAt(source, at, `More than ${maxDocuments} documents`));
        isIncomplete = true;
        break;
      }
      const read = readDocument(source, document);
      problems.push(...read.problems);
      if (read.root === undefined) isIncomplete = true;
      else if (read.root.kind !== 'null') {
        documents.push({ source, root: read.root, isAmbiguous: read.problems.length > 0 });
      }
    }
  } catch (error) {
    if (!(error instanceof UnusableNode)) throw error;
    problems.push(problemAt(source, error.offset, error.message, error.remedy));
    isIncomplete = true;
  }
  return { documents, problems, isIncomplete };
}

function* composeDocuments(source: SourceText): Generator<Document.Parsed, void, unknown> {
  const composer = new Composer({
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    lineCounter: source.lineCounter,
  });
  yield* composer.compose(guardTokens(source.text, source.lineCounter.addNewLine));
}

function readDocument(
  source: SourceText,
  document: Document.Parsed,
): { root: ManifestNode | undefined; problems: Problem[] } {
  const problems = syntaxProblems(source, document.errors);
  if (problems.length > 0) return { root: undefined, problems };
  const report = ({ offset, message, remedy }: UnusableNode): void => {
    problems.push(problemAt(source, offset, message, remedy));
  };
  try {
    const root = new NodeConverter(report).convert(document.contents);
    return { root, problems };
  } catch (error) {
    if (!(error instanceof UnusableNode)) throw error;
    report(error);
    return { root: undefined, problems };
  }
}

/** The first problem of each line: the parser's others there follow from it. */
function syntaxProblems(source: SourceText, errors: readonly YAMLError[]): Problem[] {
  const lines = new Set<number | undefined>();
  return errors
    .map((error) => syntaxProblem(source, error))
    .filter(({ place: { line } }) => !lines.has(line) && lines.add(line));
}

function syntaxProblem(source: SourceText, error: YAMLError): Problem {
  const [offset] = error.pos;
  const message = `Not YAML: ${firstLine(error.message)}`;
  const remedy = remedyOfTemplate(source.text, offset) ?? syntaxRemedy(source, error);
  return problemAt(source, offset, message, remedy);
}

/** Templates are the usual reason why a manifest is not YAML. */
function remedyOfTemplate(text: string, offset: number): string | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(lineStart, offset + 200).split('\n', 1)[0] ?? '';
  return line.includes('{{')
    ? 'This looks like a template: render it first, as with `helm template`.'
    : undefined;
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}

function problemAt(
  source: SourceText,
  offset: number,
  message: string,
  ownRemedy?: string,
): Problem {
  const remedy = ownRemedy ?? remedyOfTemplate(source.text, offset);
  return { place: source.place(offset), message, ...(remedy !== undefined && { remedy }) };
}
