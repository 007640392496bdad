import { expect, test } from 'vitest';
import {
  ALL_APIS,
  apiServiceName,
  formerOwner,
  leadsTo,
  ownerText,
  type ApiService,
} from '../../src/registration/api-service.ts';
import { externalApiService, OURS, THEIRS } from '../fixtures/api-services.ts';

const objectOf = (spec: object, annotations = {}): ApiService =>
  externalApiService(spec, annotations) as ApiService;

test('an API is named version first', () => {
  expect(ALL_APIS.map(apiServiceName)).toEqual([
    'v1beta1.custom.metrics.k8s.io',
    'v1beta2.custom.metrics.k8s.io',
    'v1beta1.external.metrics.k8s.io',
    'v1beta1.metrics.k8s.io',
  ]);
});

test('an APIService without a Service is the API server’s own', () => {
  expect(ownerText(objectOf({}))).toBe('the API server itself');
  expect(leadsTo(objectOf({}), OURS)).toBe(false);
  expect(leadsTo(objectOf({ service: THEIRS }), THEIRS)).toBe(true);
});

test('an annotation that is not ours to read names no former owner', () => {
  for (const text of ['', '{', 'null', '[]', '{"spec":{"service":{"name":1}}}']) {
    expect(formerOwner(objectOf({}, { 'bellows.dev/former-owner': text }))).toBeUndefined();
  }
});
