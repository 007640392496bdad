const KIT_IN_CODE: symbol = Symbol.for('bellows.kitInCode');

/** Notes that the service creates a kit itself, whichever copy of this package it does so with. */
export function noteKitInCode(): void {
  Reflect.set(globalThis, KIT_IN_CODE, true);
}

/** Whether the service has created a kit itself. */
export function isKitInCode(): boolean {
  return Reflect.get(globalThis, KIT_IN_CODE) === true;
}
