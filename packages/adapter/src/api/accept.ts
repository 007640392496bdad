/** One of the forms that a client takes. */
export interface MediaRange {
  /** Such as `application/json`, in lower case. */
  readonly type: string;
  /** Such as `as` and `v`. */
  readonly parameters: ReadonlyMap<string, string>;
  /** How much it is wanted, from 0 to 1. */
  readonly q: number;
}

/** Reads a value of `Accept`. The best first; those that are refused by `q=0` are left out. */
export function readAccept(accept: string): MediaRange[] {
  return accept
    .split(',')
    .map(readRange)
    .filter(({ type, q }) => type !== '' && q > 0)
    .sort((a, b) => b.q - a.q);
}

function readRange(text: string): MediaRange {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim());
  const parameters = new Map(
    rest.map((part) => {
      const equals = part.indexOf('=');
      return equals < 0
        ? [part, '']
        : [part.slice(0, equals).trim(), part.slice(equals + 1).trim()];
    }),
  );
  const q = Number(parameters.get('q') ?? '1');
  return { type: type.toLowerCase(), parameters, q: Number.isFinite(q) ? q : 0 };
}
