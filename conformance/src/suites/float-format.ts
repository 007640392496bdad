import { formatFloat, formatOpenMetricsFloat } from '@bellows/exposition';
import { compareAnswers } from '../compare-answers.ts';
import { expectedAnswer } from '../expected-answer.ts';
import { text } from '../line-fields.ts';
import type { Suite } from '../suite.ts';

/**
 * Text of doubles in expositions: see `vectors/formats/README.md`. Go's own text (`go`) and ECMAScript's (`js`)
 * stand beside the answers and are not compared.
 */
export const floatFormatSuite: Suite = {
  name: 'float-format',
  about: 'how expositions write numbers',
  files: ['formats/float-format.jsonl'],
  open: () => (line) => {
    const value = Buffer.from(text(line, 'bits'), 'hex').readDoubleBE();
    const plain = formatFloat(value);
    const openMetrics = formatOpenMetricsFloat(value);
    const got = { text: plain, le: plain, om: openMetrics, leOm: openMetrics, label: openMetrics };
    return compareAnswers(expectedAnswer(line, ['bits', 'go', 'js']), got);
  },
};
