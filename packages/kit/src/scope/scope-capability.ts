import { BellowsError } from '@bellows/core';
import { whenEnded } from '../http/request-end.ts';
import { recordOf, type AnyRequest } from '../http/request-record.ts';
import type { Kit } from '../kit.ts';
import type { KitContext } from '../kit-context.ts';
import { readOptions, type OptionReaders } from '../options/read-options.ts';
import { readBoolean, readName, readWaitSeconds } from '../options/option-readers.ts';
import type { Scope, SpawnOptions } from './scope.ts';
import { TaskGroup } from './task-group.ts';
import { createTaskMetrics, UNNAMED_TASK } from './task-metrics.ts';

const SCOPE = Symbol('bellows.scope');

const READERS: OptionReaders<Required<SpawnOptions>> = {
  name: readName(UNNAMED_TASK),
  outlives: readBoolean(false),
  timeoutSeconds: readWaitSeconds(Infinity),
};

/**
 * Scopes: of the process, and of each request that asks for one.
 * @param http - The AbortSignal of a request.
 */
export function createScopes(
  context: KitContext,
  http: Pick<Kit, 'abortSignal'>,
): Pick<Kit, 'scope'> {
  const { options, registry, drainables, failures, changes } = context;
  const processOver = new AbortController();
  const group = new TaskGroup({
    maxTasks: options.maxTasks,
    graceMs: options.abortGraceSeconds * 1000,
    metrics: createTaskMetrics(registry),
    failures,
    onAbort: (reason) => {
      processOver.abort(reason);
    },
    onChange: () => {
      changes.ring();
    },
  });
  drainables.add(group);
  const processScope = createScope(group, processOver, true);

  return {
    scope: (request) => {
      if (request === undefined) return processScope;
      const known = (request as Scoped)[SCOPE];
      if (known !== undefined) return known;
      requireRecord(request);
      const over = new AbortController();
      const scope = createScope(group, over, false);
      (request as Scoped)[SCOPE] = scope;
      const signal = http.abortSignal(request);
      signal.addEventListener('abort', () => {
        over.abort(signal.reason);
      });
      whenEnded(request, undefined, () => {
        over.abort();
      });
      return scope;
    },
  };
}

interface Scoped {
  [SCOPE]?: Scope;
}

function createScope(group: TaskGroup, over: AbortController, allOutlive: boolean): Scope {
  let running = 0;
  return {
    signal: over.signal,
    get running() {
      return running;
    },
    spawn: (task, options = {}) => {
      const { name, outlives, timeoutSeconds } = readOptions('a task', READERS, options);
      const signal = outlives || allOutlive ? undefined : over.signal;
      running += 1;
      return group.run(task, { name, timeoutSeconds, signal }).finally(() => {
        running -= 1;
      });
    },
  };
}

function requireRecord(request: AnyRequest): void {
  if (recordOf(request) !== undefined) return;
  throw new BellowsError(
    'ERR_KIT_OPTION',
    'Expected `request` to be one of an attached server, got another',
    { place: { field: 'request' }, remedy: 'Call kit.attach(server) before the server listens.' },
  );
}
