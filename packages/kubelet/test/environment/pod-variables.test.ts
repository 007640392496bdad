import { expect, test } from 'vitest';
import { markVariables, podVariables } from '../../src/environment/pod-variables.ts';
import { nodeContainer } from '../support/pods.ts';

const identity = { uid: 'u-1', address: '127.9.0.1', portMap: {} };

test('POD_IP, HOST and HOSTNAME are the address, PORT the first container port', () => {
  expect(Object.fromEntries(podVariables(nodeContainer(['']), identity))).toEqual({
    POD_IP: '127.9.0.1',
    HOST: '127.9.0.1',
    HOSTNAME: '127.9.0.1',
    PORT: '3000',
  });
  expect(podVariables(nodeContainer([''], { ports: [] }), identity).has('PORT')).toBe(false);
});

test('where ports are mapped PORT is the real one, and the preload is told the map', () => {
  const mapped = { ...identity, portMap: { 3000: 51_234 } };
  expect(podVariables(nodeContainer(['']), mapped).get('PORT')).toBe('51234');
  const marked = markVariables(new Map(), mapped, { name: 'app', preload: '/p.cjs' });
  expect(marked.get('BELLOWS_PORT_MAP')).toBe('3000=51234');
});

test('marks cannot be overridden; the manifest’s NODE_OPTIONS are kept', () => {
  const given = new Map([
    ['BELLOWS_POD_UID', 'forged'],
    ['NODE_OPTIONS', '--title=x'],
  ]);
  const marked = markVariables(given, identity, { name: 'app', preload: '/p.cjs' });
  expect(Object.fromEntries(marked)).toEqual({
    BELLOWS_POD_UID: 'u-1',
    BELLOWS_CONTAINER: 'u-1/app',
    BELLOWS_POD_IP: '127.9.0.1',
    NODE_OPTIONS: '--require /p.cjs --title=x',
  });
});
