import type { ClusterReading } from './read-cluster.ts';

/** How sure one thing that a decision was made from is. */
export interface FieldCertainty {
  /** What it is about. */
  readonly field: string;
  /** `exact`: read from the API. `inferred`: follows from what was read, under an assumption. `unknown`: no API shows it. */
  readonly certainty: 'exact' | 'inferred' | 'unknown';
  /** Where it is from, or what was assumed. */
  readonly because: string;
}

/** The rules and defaults that are known to be those of this minor version. */
const KNOWN_VERSION = 'v1.37.';

/** How sure each thing is that an explanation of a live cluster rests on. */
export function certaintyOf(
  reading: ClusterReading,
  givenFlags: readonly string[],
): FieldCertainty[] {
  const { observation, autoscaler, serverVersion, hpa } = reading;
  const { spec } = autoscaler;
  const read = (field: string, because: string): FieldCertainty => ({
    field,
    certainty: 'exact',
    because,
  });
  const isAsOfNow =
    'as the API shows it now; the controller decides from its own copies, at its next sync';
  return [
    read('spec', `generation ${hpa.metadata.generation ?? 'unknown'} of ${hpa.metadata.name}`),
    read('scale', isAsOfNow),
    read('pods', `${observation.pods.length}, ${isAsOfNow}`),
    read('metrics', 'from the metrics APIs, asked as the controller asks them'),
    {
      field: 'clock',
      certainty: 'inferred',
      because: 'this machine’s clock stands for the controller’s',
    },
    {
      field: 'flags',
      certainty: 'inferred',
      because:
        givenFlags.length === 0
          ? 'Kubernetes’ defaults (give others: --horizontal-pod-autoscaler-…)'
          : `as given: ${givenFlags.join(', ')}; Kubernetes’ defaults for the rest`,
    },
    {
      field: 'rules',
      certainty: serverVersion.startsWith(KNOWN_VERSION) ? 'exact' : 'inferred',
      because: serverVersion.startsWith(KNOWN_VERSION)
        ? `of Kubernetes 1.37, which is what runs (${serverVersion})`
        : `of Kubernetes 1.37; the API server is ${serverVersion}`,
    },
    {
      field: 'recommendations',
      certainty: 'inferred',
      because: `the controller’s memory is in no API: its last count, ${hpa.status?.desiredReplicas ?? 0}, stands for it, as if it were of now`,
    },
    {
      field: 'scale events',
      certainty: 'unknown',
      because:
        spec.behavior === undefined
          ? 'the controller’s memory is in no API; without spec.behavior it does not matter'
          : `the controller’s memory is in no API: policies are taken to have nothing used up (last scaled ${hpa.status?.lastScaleTime ?? 'never'})`,
    },
  ];
}
