import { expect, test } from 'vitest';
import { machineHas, REQUIREMENTS, unmetRequirements } from '../src/index.ts';

test('a requirement is either met or listed with how to get it', () => {
  const unmet = unmetRequirements();
  for (const [name, requirement] of Object.entries(REQUIREMENTS)) {
    expect(machineHas(name as keyof typeof REQUIREMENTS)).toBe(!unmet.includes(requirement));
    expect(requirement.install).not.toBe('');
  }
});
