/** Reads a double as the files write it: Go's spelling, with `+Inf`, `-Inf` and `NaN`. */
export function goFloat(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}
