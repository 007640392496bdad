import type { Suite } from './suite.ts';
import { adapterNamingSuite } from './suites/adapter-naming.ts';
import { durationPrometheusSuite } from './suites/duration-prometheus.ts';
import { durationSuite } from './suites/duration.ts';
import { expositionNegotiateSuite } from './suites/exposition-negotiate.ts';
import { expositionPagesSuite } from './suites/exposition-pages.ts';
import { expositionTextSuite } from './suites/exposition-text.ts';
import { expositionWriteSuite } from './suites/exposition-write.ts';
import { floatFormatSuite } from './suites/float-format.ts';
import { hpaSuite } from './suites/hpa.ts';
import { intstrSuite } from './suites/intstr.ts';
import { metricsApiJsonSuite } from './suites/metrics-api-json.ts';
import { quantitySuite } from './suites/quantity.ts';
import { selectorSuite } from './suites/selector.ts';

/** All suites, in the order they run in: a suite is a file in `suites/` and a line here. */
export const SUITES: readonly Suite[] = [
  quantitySuite,
  selectorSuite,
  durationSuite,
  durationPrometheusSuite,
  intstrSuite,
  expositionTextSuite,
  expositionPagesSuite,
  expositionWriteSuite,
  expositionNegotiateSuite,
  floatFormatSuite,
  adapterNamingSuite,
  metricsApiJsonSuite,
  hpaSuite,
];
