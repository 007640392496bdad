import type { HpaSpec } from './hpa-spec.ts';
import type { Profile } from './profile.ts';

/** The HPA that decides: what of the object and of the controller does not change with the load. */
export interface Autoscaler {
  /** `metadata.namespace`, also that of the target; part of messages and errors. */
  readonly namespace: string;
  /** `metadata.name`; tells it from the other HPAs that may select the same pods. */
  readonly name: string;
  /** As `defaultHpaSpec` returns it. */
  readonly spec: HpaSpec;
  /** `metadata.generation`, from 1; counts changes of the spec. @defaultValue 1 */
  readonly generation?: number;
  /** Version, flags and feature gates. @defaultValue `PROFILE_1_37` */
  readonly profile?: Profile;
}
