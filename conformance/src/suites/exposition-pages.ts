import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readExposition } from '@bellows/exposition';
import { compareAnswers } from '../compare-answers.ts';
import { comparableEvent, recordedEvent } from '../exposition-event.ts';
import { formError } from '../form-error.ts';
import { text } from '../line-fields.ts';
import type { CheckLine, Suite } from '../suite.ts';

type Line = Readonly<Record<string, unknown>>;

const FOLDER = 'formats/pages';
const PAGES = [
  'kube-apiserver-1.37',
  'prometheus-2.42',
  'node-exporter-1.5',
  'client-golang-1.25',
  'client-golang-1.25.om',
];

/**
 * Whole pages of real programs, each event as Prometheus found it: see `vectors/formats/README.md`. The header
 * line names the page beside the file; it (by the number of events) and each event are cases.
 */
export const expositionPagesSuite: Suite = {
  name: 'exposition-pages',
  about: 'reading whole pages of real programs',
  files: PAGES.map((page) => `${FOLDER}/${page}.events.jsonl`),
  open: createCheck,
};

function createCheck(file: string): CheckLine {
  let events: readonly Line[] | undefined;
  let next = 0;
  return (line) => {
    if (line['k'] === 'page') {
      const syntax = line['fmt'] === 'om' ? 'openmetrics' : 'text';
      events = Array.from(readExposition(readPage(file, line), { syntax }), recordedEvent);
      return compareAnswers({ events: line['events'] }, { events: events.length });
    }
    if (events === undefined) throw formError('a first line of kind page', line['k']);
    const got = events[next] ?? {};
    next += 1;
    return compareAnswers(comparableEvent(line), got);
  };
}

function readPage(file: string, header: Line): Uint8Array {
  if (header['fmt'] !== 'prom' && header['fmt'] !== 'om') {
    throw formError('fmt to be prom or om', header['fmt']);
  }
  const page = path.join(path.dirname(file), path.basename(text(header, 'page')));
  try {
    return readFileSync(page);
  } catch {
    throw formError('the page beside the file', page);
  }
}
