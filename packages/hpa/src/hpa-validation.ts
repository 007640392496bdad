import type { HpaSpec } from './hpa-spec.ts';
import type { Profile } from './profile.ts';
export interface HpaProblem { readonly field: string; readonly message: string }
export function validateHpaSpec(spec: HpaSpec, options: { profile?: Profile } = {}): HpaProblem[] { void spec; void options; return []; }
