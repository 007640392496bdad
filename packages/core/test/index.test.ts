import { expect, test } from 'vitest';
import * as core from '../src/index.ts';

test('@bellows/core exports exactly what is listed here', () => {
  expect(Object.keys(core).toSorted()).toMatchInlineSnapshot(`
    [
      "BellowsError",
      "ERROR_CODES",
      "Quantity",
      "SampleWindow",
      "Selector",
      "answerHealth",
      "answerOneCheck",
      "averageOverTime",
      "bucketQuantile",
      "createRandom",
      "dns1123LabelProblems",
      "dns1123SubdomainProblems",
      "formatGoDuration",
      "formatPlace",
      "formatPrometheusDuration",
      "groupByLabels",
      "increaseOverTime",
      "intValueOf",
      "labelKeyProblems",
      "labelValueProblems",
      "maxOverTime",
      "missing",
      "nearestSpelling",
      "observed",
      "observedNumber",
      "parseFieldSelector",
      "parseGoDuration",
      "parseIntOrString",
      "parseIntOrStringJson",
      "parseLabelSelector",
      "parsePrometheusDuration",
      "rateOverTime",
      "resolveFenceposts",
      "scaledIntOrPercent",
      "selectorFromLabelSelector",
      "toLabelSelector",
    ]
  `);
});

test("the README's example gives what it says", () => {
  const { parseLabelSelector, Quantity, rateOverTime, SampleWindow } = core;
  expect(Quantity.parse('1.5Gi').milliValue()).toBe(1_610_612_736_000n);
  expect(Quantity.parse('250m').add(Quantity.parse('1')).toString()).toBe('1250m');
  const selector = parseLabelSelector('app=shop,tier in (web,db),!canary');
  expect(selector.matches({ app: 'shop', tier: 'web' })).toBe(true);
  const requests = new SampleWindow();
  requests.add(0, 100);
  requests.add(5_000, 150);
  requests.add(10_000, 20);
  expect(rateOverTime(requests, { nowMs: 10_000, windowMs: 15_000 })).toEqual({
    kind: 'value',
    value: 7,
    atMs: 10_000,
  });
});
