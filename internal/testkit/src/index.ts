export { FakeClock } from './fake-clock.ts';
export { expectNoLeaks, watchedResources } from './leak-check.ts';
export { isAlive, pidsWithEnvironment } from './processes.ts';
export { promtoolComplaints } from './promtool-complaints.ts';
export { machineHas, REQUIREMENTS, unmetRequirements, type Requirement } from './requirements.ts';
export { temporaryDirectory, type TemporaryDirectory } from './temporary-directory.ts';
export { waitUntil, type WaitOptions } from './wait-until.ts';
