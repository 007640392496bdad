import { contentTypeOf, negotiateFormat, readContentType } from '@bellows/exposition';
import { compareAnswers } from '../compare-answers.ts';
import { formError } from '../form-error.ts';
import { text } from '../line-fields.ts';
import type { CheckResult, Suite } from '../suite.ts';

type Line = Readonly<Record<string, unknown>>;

/** What the recorded library offers; it knows no text 1.0.0. */
const PLAIN = ['text/0.0.4'] as const;
const WITH_OPENMETRICS = ['openmetrics/1.0.0', 'openmetrics/0.0.1', 'text/0.0.4'] as const;

/**
 * `Accept` and `Content-Type` headers: see `vectors/formats/README.md`. Protobuf is neither written nor read: where
 * the recorded answer is protobuf, ours is text, or no reader.
 */
export const expositionNegotiateSuite: Suite = {
  name: 'exposition-negotiate',
  about: 'the format for an Accept header, the reader for a Content-Type',
  files: ['formats/exposition-negotiate.jsonl'],
  open: () => checkLine,
};

function checkLine(line: Line): CheckResult {
  const header = text(line, 'in');
  if (line['k'] === 'content') return checkReader(line, readContentType(header));
  if (line['k'] !== 'accept') throw formError('k to be content or accept', line['k']);
  const fallback = contentTypeOf({ version: 'text/0.0.4', escaping: 'underscores' });
  const withoutProtobuf = (answer: string): string =>
    answer.startsWith('application/vnd.google.protobuf') ? fallback : answer;
  return compareAnswers(
    {
      plain: withoutProtobuf(text(line, 'plain')),
      openmetrics: withoutProtobuf(text(line, 'openmetrics')),
    },
    {
      plain: contentTypeOf(negotiateFormat(header, PLAIN)),
      openmetrics: contentTypeOf(negotiateFormat(header, WITH_OPENMETRICS)),
    },
  );
}

function checkReader(line: Line, syntax: 'text' | 'openmetrics' | undefined): CheckResult {
  const reader = text(line, 'reader');
  const expected = reader === 'protobuf' ? 'none' : reader;
  const got = syntax === undefined ? 'none' : syntax === 'text' ? 'prom' : 'om';
  return compareAnswers({ reader: expected }, { reader: got });
}
