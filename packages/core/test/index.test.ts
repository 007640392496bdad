import { expect, test } from 'vitest';
import * as core from '../src/index.ts';

test('@bellows/core exports exactly what is listed here', () => {
  expect(Object.keys(core).toSorted()).toMatchInlineSnapshot(`
    [
      "BellowsError",
      "CounterWindow",
      "ERROR_CODES",
      "Quantity",
      "Selector",
      "createRandom",
      "formatGoDuration",
      "formatPlace",
      "formatPrometheusDuration",
      "intValueOf",
      "labelKeyProblems",
      "labelValueProblems",
      "missing",
      "observed",
      "observedNumber",
      "parseFieldSelector",
      "parseGoDuration",
      "parseIntOrString",
      "parseIntOrStringJson",
      "parseLabelSelector",
      "parsePrometheusDuration",
      "resolveFenceposts",
      "scaledIntOrPercent",
      "selectorFromLabelSelector",
      "toLabelSelector",
    ]
  `);
});
