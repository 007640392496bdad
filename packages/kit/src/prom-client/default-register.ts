import { Registry } from './registry.ts';

const KEY = Symbol.for('bellows.kit.default-register/1');

interface Holder {
  [KEY]: Registry | undefined;
}

/** The registry of metrics that name none; one for all installed copies of the kit. Made on first use. */
export function defaultRegister(): Registry {
  const holder = globalThis as unknown as Holder;
  return (holder[KEY] ??= new Registry());
}
