import { clientWords } from '@bellows/hpa';
import { expect, test } from 'vitest';

const GET = 'get pods.metrics.k8s.io';

test('a Status speaks for itself', () => {
  expect(clientWords({ code: 404, reason: 'NotFound', message: 'no such metric' }, GET)).toBe(
    'no such metric',
  );
});

test.each([
  [404, 'the server could not find the requested resource (get pods.metrics.k8s.io)'],
  [503, 'the server is currently unable to handle the request (get pods.metrics.k8s.io)'],
  [
    500,
    'an error on the server ("a page") has prevented the request from succeeding (get pods.metrics.k8s.io)',
  ],
])('client-go has words of its own for a page with %i', (code, words) => {
  expect(clientWords({ code, reason: '', message: 'a page' }, GET)).toBe(words);
});
