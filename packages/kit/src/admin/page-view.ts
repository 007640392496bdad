import { parseExposition, type MetricFamily } from '@bellows/exposition';

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
    return parseExposition(text);
  } catch {
    return [];
  }
}
