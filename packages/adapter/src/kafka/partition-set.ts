/** Whether a partition is meant. */
export type PartitionTest = (partition: number) => boolean;

const PART = /^\s*(\d{1,9})\s*(?:-\s*(\d{1,9})\s*)?$/;

/** Reads partitions such as `1,3-5`; the empty text means all. Undefined for what is none. */
export function parsePartitions(text: string): PartitionTest | undefined {
  if (text.trim() === '') return () => true;
  const ranges: (readonly [first: number, last: number])[] = [];
  for (const part of text.split(',')) {
    const match = PART.exec(part);
    if (match === null) return undefined;
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    if (last < first) return undefined;
    ranges.push([first, last]);
  }
  return (partition) => ranges.some(([first, last]) => partition >= first && partition <= last);
}
