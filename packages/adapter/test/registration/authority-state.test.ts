import { describe, expect, test } from 'vitest';
import {
  advanceAuthority,
  AUTHORITY_LIFE_MS,
  bundleOf,
  decodeAuthority,
  encodeAuthority,
} from '../../src/registration/authority-state.ts';

const START_MS = 1_700_000_000_000;
const HOUR_MS = 3_600_000;

describe('advanceAuthority', () => {
  test('makes an authority where there is none, and leaves it for two thirds of its life', async () => {
    const first = await advanceAuthority(undefined, START_MS);
    const later = START_MS + (AUTHORITY_LIFE_MS * 2) / 3 - HOUR_MS;
    expect(await advanceAuthority(first, later)).toBe(first);
  });

  test('tells of the next authority an hour before it signs, and of the last one until it ends', async () => {
    const first = await advanceAuthority(undefined, START_MS);
    const renewMs = START_MS + (AUTHORITY_LIFE_MS * 2) / 3;
    const told = await advanceAuthority(first, renewMs);
    expect(told.current).toEqual(first.current);
    expect(bundleOf(told).match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(await advanceAuthority(told, renewMs + HOUR_MS / 2)).toBe(told);
    const promoted = await advanceAuthority(told, renewMs + 2 * HOUR_MS);
    expect(promoted).toEqual({ current: told.next, previous: first.current.certificate });
    expect(bundleOf(promoted)).toContain(first.current.certificate.trim());
    const ended = START_MS + AUTHORITY_LIFE_MS + HOUR_MS;
    expect(await advanceAuthority(promoted, ended)).toEqual({ current: told.next });
  });

  test('makes a new authority when the last one ended unseen or cannot be read', async () => {
    const first = await advanceAuthority(undefined, START_MS);
    const after = await advanceAuthority(first, START_MS + AUTHORITY_LIFE_MS + HOUR_MS);
    expect(after.current.certificate).not.toBe(first.current.certificate);
    const broken = { current: { certificate: 'no certificate', key: '' } };
    const mended = await advanceAuthority(broken, START_MS);
    expect(mended.current.certificate).toContain('BEGIN CERTIFICATE');
  });
});

test('a Secret gives back what it was given', async () => {
  const first = await advanceAuthority(undefined, START_MS);
  const told = await advanceAuthority(first, START_MS + AUTHORITY_LIFE_MS - HOUR_MS);
  expect(decodeAuthority(encodeAuthority(told))).toEqual(told);
  expect(decodeAuthority(encodeAuthority(first))).toEqual(first);
});

test('a Secret without a whole authority holds none', () => {
  expect(decodeAuthority({})).toBeUndefined();
  expect(decodeAuthority({ 'ca.crt': 'QQ==' })).toBeUndefined();
});
