import { describe, expect, test } from 'vitest';
import { checkSelector } from '../src/selector-check.ts';
import { autoscaler, observation } from './samples.ts';

describe('checkSelector', () => {
  const seen = observation(2, '1');

  test('finds nothing wrong with a selector of its own', () => {
    expect(checkSelector(autoscaler(), 'app=shop', seen)).toBeUndefined();
  });

  test('asks for a selector', () => {
    expect(checkSelector(autoscaler(), '', seen)).toMatchObject({
      eventReason: 'SelectorRequired',
      conditionReason: 'InvalidSelector',
      conditionMessage: "the HPA target's scale is missing a selector",
      error: 'selector is required',
    });
  });

  test('says what is wrong with one that cannot be read', () => {
    expect(checkSelector(autoscaler(), 'app=web=x', seen)).toMatchObject({
      eventReason: 'InvalidSelector',
      error:
        "couldn't convert selector into a corresponding internal selector object: found '=', expected: ',' or 'end of string'",
    });
  });

  test('names two HPAs, sorted, that select the same pod', () => {
    const otherAutoscalers = [{ name: 'alpha', selector: 'app' }];
    expect(checkSelector(autoscaler(), 'app=shop', { ...seen, otherAutoscalers })).toMatchObject({
      eventReason: 'AmbiguousSelector',
      error:
        'pods by selector app=shop are controlled by more than one HPA (e.g. [default/alpha default/shop])',
    });
  });

  test('is not ambiguous without pods, for itself, or where the other selects none of them', () => {
    const others = [{ name: 'alpha', selector: 'app' }];
    const noPods = { ...seen, pods: [], otherAutoscalers: others };
    expect(checkSelector(autoscaler(), 'app=shop', noPods)).toBeUndefined();
    for (const other of [
      { name: 'shop', selector: 'app' },
      { name: 'alpha', selector: 'app=web' },
      { name: 'alpha', selector: '!!' },
      { name: 'alpha', selector: '' },
    ]) {
      const both = { ...seen, otherAutoscalers: [other] };
      expect(checkSelector(autoscaler(), 'app=shop', both)).toBeUndefined();
    }
  });
});
