import { writeExposition, type ExpositionFormat } from '@bellows/exposition';
import { compareAnswers } from '../compare-answers.ts';
import { formError } from '../form-error.ts';
import { text } from '../line-fields.ts';
import { familyOf, type RecordedExemplar, type RecordedFamily } from '../recorded-family.ts';
import type { CheckResult, Suite } from '../suite.ts';

type Line = Readonly<Record<string, unknown>>;

const TEXT: ExpositionFormat = { version: 'text/0.0.4', escaping: 'allow-utf-8' };
const OPENMETRICS: ExpositionFormat = { version: 'openmetrics/1.0.0', escaping: 'allow-utf-8' };

/**
 * Families as pages, byte by byte: see `vectors/formats/README.md`. Upstream writes a unit also where the name does not
 * end in it, which its own reader refuses; ours leaves such a line out. Families with a label twice are no cases: ours
 * cannot hold them.
 */
export const expositionWriteSuite: Suite = {
  name: 'exposition-write',
  about: 'writing text 0.0.4 and OpenMetrics',
  files: ['formats/exposition-write.jsonl'],
  open: () => checkLine,
};

function checkLine(line: Line): CheckResult {
  const recorded = line['family'] as RecordedFamily | undefined;
  if (typeof recorded?.n !== 'string') throw formError('family to have a name', recorded);
  if (repeatsLabel(recorded)) return 'no case';
  const exemplars = line['bucketExemplars'] as (RecordedExemplar | null)[][] | undefined;
  const family = familyOf(recorded, exemplars);
  return compareAnswers(
    { text: text(line, 'text'), om: `${withoutOddUnit(text(line, 'om'))}# EOF\n` },
    { text: writeExposition([family], TEXT), om: writeExposition([family], OPENMETRICS) },
  );
}

function withoutOddUnit(page: string): string {
  return page.replace(/^# UNIT ("?)(.*)\1 (\S+)\n/m, (all, _, name: string, unit: string) =>
    name.endsWith(`_${unit}`) ? all : '',
  );
}

function repeatsLabel({ ms = [] }: RecordedFamily): boolean {
  return ms.some(({ l = [] }) => new Set(l.map(([name]) => name)).size < l.length);
}
