/** The environment variable of an option: `drainDelaySeconds` is `BELLOWS_DRAIN_DELAY_SECONDS`. */
export function environmentName(option: string): string {
  return `BELLOWS_${option.replace(/[A-Z]/g, '_$&').toUpperCase()}`;
}
