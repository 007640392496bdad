// Runs around every test file: what it opened must be closed at its end.
import { afterAll, beforeAll } from 'vitest';
import { expectNoLeaks, watchedResources } from '@bellows/testkit';

let before: ReadonlyMap<string, number>;
beforeAll(() => {
  before = watchedResources();
});
afterAll(() => expectNoLeaks(before));
