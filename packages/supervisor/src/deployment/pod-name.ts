import { createHash } from 'node:crypto';
import type { Random } from '@bellows/core';
import type { PodTemplate } from '@bellows/manifest';

/** Without vowels, and without digits that look like letters: no word comes out by accident. */
const SAFE_CHARACTERS = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;
const MAX_BASE_LENGTH = 63 - SUFFIX_LENGTH;

/**
 * Hash of a pod template, for names and the label `pod-template-hash`: 10 safe characters. Equal
 * templates give equal hashes, but not the hash Kubernetes gives, which depends on Go's memory layout.
 */
export function templateHash(template: PodTemplate): string {
  const digest = createHash('sha256').update(JSON.stringify(template)).digest();
  return [...digest.subarray(0, 10)].map((byte) => safeCharacter(byte)).join('');
}

/**
 * Name of a new pod: `NAME-HASH-XXXXX`, at most 63 characters.
 *
 * @see kubernetes/kubernetes v1.37.2 staging/src/k8s.io/apiserver/pkg/storage/names/generate.go
 */
export function podName(deployment: string, hash: string, random: Random): string {
  const base = `${deployment}-${hash}-`.slice(0, MAX_BASE_LENGTH);
  const suffix = Array.from({ length: SUFFIX_LENGTH }, () =>
    safeCharacter(Math.floor(random() * SAFE_CHARACTERS.length)),
  );
  return base + suffix.join('');
}

function safeCharacter(index: number): string {
  return SAFE_CHARACTERS.charAt(index % SAFE_CHARACTERS.length);
}
