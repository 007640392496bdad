import { getHeapSpaceStatistics } from 'node:v8';
import type { MetricFamily } from '@bellows/exposition';
import { countEach, family } from './family.ts';

/**
 * prom-client's default metrics that are about this thread's heap and event loop: no other thread can read them.
 *
 * Without prom-client's gauges `nodejs_active_handles_total`, `…_requests_total` and `…_resources_total`: their names
 * are a counter's, and each is the sum of the family before it.
 */
export function isolateFamilies(): MetricFamily[] {
  return [...heap(), ...heapSpaces(), ...resources()];
}

function heap(): MetricFamily[] {
  const { heapTotal, heapUsed, external } = process.memoryUsage();
  return [
    family('nodejs_heap_size_total_bytes', 'gauge', "Size of the main thread's heap.", heapTotal),
    family(
      'nodejs_heap_size_used_bytes',
      'gauge',
      "Used part of the main thread's heap.",
      heapUsed,
    ),
    family(
      'nodejs_external_memory_bytes',
      'gauge',
      'Memory outside the heap that its objects hold.',
      external,
    ),
  ];
}

function heapSpaces(): MetricFamily[] {
  const spaces = getHeapSpaceStatistics();
  const each = (read: (space: (typeof spaces)[number]) => number): Record<string, number> =>
    Object.fromEntries(
      spaces.map((space) => [space.space_name.replace(/_space$/, ''), read(space)]),
    );
  const label = 'space';
  return [
    family('nodejs_heap_space_size_total_bytes', 'gauge', 'Size of each space of the heap.', {
      label,
      values: each(({ space_size }) => space_size),
    }),
    family('nodejs_heap_space_size_used_bytes', 'gauge', 'Used part of each space of the heap.', {
      label,
      values: each(({ space_used_size }) => space_used_size),
    }),
    family('nodejs_heap_space_size_available_bytes', 'gauge', 'Free part of each space.', {
      label,
      values: each(({ space_available_size }) => space_available_size),
    }),
  ];
}

/** Node's own functions, which its types leave out because it does not document them. */
interface UndocumentedProcess {
  _getActiveHandles?: () => object[];
  _getActiveRequests?: () => object[];
}

function resources(): MetricFamily[] {
  const { _getActiveHandles, _getActiveRequests } = process as UndocumentedProcess;
  const label = 'type';
  const families = [
    family('nodejs_active_resources', 'gauge', 'What keeps the event loop alive, by its type.', {
      label,
      values: countEach(process.getActiveResourcesInfo()),
    }),
  ];
  if (_getActiveHandles !== undefined) {
    const values = countEach(kinds(_getActiveHandles.call(process)));
    families.push(
      family('nodejs_active_handles', 'gauge', 'Open handles by their class.', { label, values }),
    );
  }
  if (_getActiveRequests !== undefined) {
    const values = countEach(kinds(_getActiveRequests.call(process)));
    families.push(
      family('nodejs_active_requests', 'gauge', 'Requests to libuv under way by their class.', {
        label,
        values,
      }),
    );
  }
  return families;
}

function kinds(objects: readonly (object | undefined)[]): string[] {
  return objects.map((one) => one?.constructor.name ?? 'Object');
}
