/** Where the metrics of an HPA come from, when not from the series of their own name. */
export const METRICS_ANNOTATION = 'bellows.dev/metrics';

/** What the first container of a pod runs on this machine. */
export const COMMAND_ANNOTATION = 'bellows.dev/command';

/** Folder in which a pod's processes start, relative to the manifest's own. */
export const WORKING_DIRECTORY_ANNOTATION = 'bellows.dev/working-directory';

/** What carries annotations: the kind of an object, or a Deployment's pod template. */
export type AnnotationHolder =
  'Deployment' | 'HorizontalPodAutoscaler' | 'pod template' | (string & Record<never, never>);

/** Every annotation of Bellows, with what may carry it. */
export const BELLOWS_ANNOTATIONS: Readonly<Record<string, readonly AnnotationHolder[]>> = {
  [METRICS_ANNOTATION]: ['HorizontalPodAutoscaler'],
  [COMMAND_ANNOTATION]: ['pod template'],
  [WORKING_DIRECTORY_ANNOTATION]: ['pod template', 'Deployment'],
};
