/** Bounds on a page, since pages come from programs that are not ours. */
export interface ExpositionLimits {
  /** Largest page, in bytes. @defaultValue 16_777_216 */
  readonly maxBodyBytes?: number;
  /** Longest line, in bytes. @defaultValue 65_536 */
  readonly maxLineBytes?: number;
  /** Most labels of one sample. @defaultValue 64 */
  readonly maxLabels?: number;
  /** Most samples of a page. @defaultValue 100_000 */
  readonly maxSamples?: number;
}

/** What {@link ExpositionLimits} leaves out. */
export const DEFAULT_EXPOSITION_LIMITS: Required<ExpositionLimits> = {
  maxBodyBytes: 16_777_216,
  maxLineBytes: 65_536,
  maxLabels: 64,
  maxSamples: 100_000,
};
