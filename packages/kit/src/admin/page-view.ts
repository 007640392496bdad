import { formatFloat, parseExposition, type MetricFamily, type Sample } from '@bellows/exposition';

/** What a registry of another library exposes, read when it is first asked for. */
export class PageView {
  readonly #texts: readonly string[];
  #families: readonly MetricFamily[] | undefined;

  /** @param texts - In text format 0.0.4, one for each of its metrics. */
  constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  /** Its metrics, without those whose text is none. */
  families(): readonly MetricFamily[] {
    return (this.#families ??= this.#texts.flatMap(read));
  }
}

function read(text: string): MetricFamily[] {
  try {
    return parseExposition(text).map((family) => ({
      ...family,
      samples: family.samples.map((sample) => withTextBound(family, sample)),
    }));
  } catch {
    return [];
  }
}

/** The parser spells bounds as OpenMetrics does; whoever asks for text gets them as the library had written them. */
function withTextBound({ type }: MetricFamily, sample: Sample): Sample {
  const label = type === 'histogram' ? 'le' : 'quantile';
  const bound = Number(sample.labels[label] ?? Number.NaN);
  if ((type !== 'histogram' && type !== 'summary') || Number.isNaN(bound)) return sample;
  return { ...sample, labels: { ...sample.labels, [label]: formatFloat(bound) } };
}
