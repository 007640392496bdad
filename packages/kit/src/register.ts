// `node --import @bellows/kit/register server.js`
import type { Kit } from './kit.ts';
import { register } from './register/register.ts';

const REGISTERED: symbol = Symbol.for('bellows.registered');

/**
 * The kit of this process. Importing this module takes over every HTTP server of the process as it listens; the kit
 * starts with the first one and is ready when that one listens.
 */
export const kit: Kit = (Reflect.get(globalThis, REGISTERED) as Kit | undefined) ?? register();
Reflect.set(globalThis, REGISTERED, kit);
