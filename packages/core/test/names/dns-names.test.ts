import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dns1123LabelProblems, dns1123SubdomainProblems } from '../../src/index.ts';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;

describe('dns1123LabelProblems', () => {
  test.each(['a', '0', 'my-name', '123-abc', 'a--b', 'x'.repeat(63)])('accepts %s', (name) => {
    expect(dns1123LabelProblems(name)).toEqual([]);
  });

  test('says that a subdomain has dots', () => {
    expect(dns1123LabelProblems('a.b')).toEqual(['must not contain dots']);
  });

  test('counts bytes, and names them as the rule does that it is', () => {
    expect(dns1123LabelProblems('x'.repeat(64))).toEqual(['must be no more than 63 characters']);
    expect(dns1123LabelProblems('x'.repeat(64), 'bytes')).toEqual([
      'must be no more than 63 bytes',
    ]);
    expect(dns1123LabelProblems('é'.repeat(40))).toHaveLength(2);
  });

  test.each(['', '-', '-a', 'a-', 'A', 'a_b', 'a b', 'é', 'a\n', 'a..b', '.'])(
    'refuses %j',
    (name) => {
      expect(dns1123LabelProblems(name)).toEqual([
        `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${LABEL}')`,
      ]);
    },
  );
});

describe('dns1123SubdomainProblems', () => {
  test.each(['a', 'example.com', 'a.b.c', 'a-b.c-d', 'a.'.repeat(126) + 'a'])(
    'accepts %s',
    (name) => {
      expect(dns1123SubdomainProblems(name)).toEqual([]);
    },
  );

  test('says only of a well-formed name that is too long that it is', () => {
    expect(dns1123SubdomainProblems('a.'.repeat(127) + 'a')).toEqual([
      'must be no more than 253 characters',
    ]);
  });

  test.each(['', '.', 'a.', '.a', 'a..b', 'a.-b', 'A.b', 'a.b\n'])('refuses %j', (name) => {
    expect(dns1123SubdomainProblems(name)).toEqual([
      `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`,
    ]);
  });

  test('agrees with the pattern that its words show', () => {
    const pattern = new RegExp(`^(?:${SUBDOMAIN})$`);
    const characters = fc.constantFrom('a', '0', '-', '.', 'A', '\n');
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 12 }), (name) => {
        expect(dns1123SubdomainProblems(name).length === 0).toBe(pattern.test(name));
      }),
    );
  });

  test('judges long text in no time', () => {
    expect(dns1123SubdomainProblems(`${'a.'.repeat(1_000_000)}!`)).toHaveLength(2);
    expect(dns1123LabelProblems(`${'a-'.repeat(1_000_000)}!`)).toHaveLength(2);
  });
});
