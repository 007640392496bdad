import { expect, test } from 'vitest';
import type { Deployment } from '@bellows/manifest';
import { resolveCommand } from '../../src/command/resolve-command.ts';
import { container, deployment } from '../fixtures/objects.ts';

function withAnnotation(shop: Deployment, command: string): Deployment {
  const { template } = shop.spec;
  const metadata = { ...template.metadata, annotations: { 'bellows.dev/command': command } };
  return { ...shop, spec: { ...shop.spec, template: { ...template, metadata } } };
}

const commandsOf = (shop: Deployment, words?: readonly string[]): (readonly string[])[] =>
  resolveCommand(shop, words).containers.map(({ command = [], args = [] }) => [
    ...command,
    ...args,
  ]);

const ofImage = deployment({
  container: { image: 'shop:1', command: [], args: ['--port', '8080'] },
});
const bare = deployment({ container: { image: 'shop:1', command: [] } });

test('the words after -- go before all, and take the place of command and args', () => {
  const shop = withAnnotation(deployment({ container: { args: ['--port', '8080'] } }), 'node a.js');
  expect(commandsOf(shop, ['node', 'b.js'])).toEqual([['node', 'b.js']]);
});

test('the annotation goes before the container’s own', () => {
  expect(commandsOf(withAnnotation(ofImage, 'node "my server.js"'))).toEqual([
    ['node', 'my server.js'],
  ]);
});

test('else the container’s command and args run as they are', () => {
  expect(commandsOf(deployment())).toEqual([['node', 'server.js']]);
  expect(commandsOf(ofImage)).toEqual([['--port', '8080']]);
});

test('a container without any is an error that names it, its image and the ways out', () => {
  expect(() => resolveCommand(bare)).toThrow(
    expect.objectContaining({
      code: 'ERR_SUPERVISOR_OBJECTS',
      message:
        'Deployment shop: container app (image shop:1) has no command; images are not run, so it must say what to start',
      place: { file: '-', line: 1, field: 'spec.template.spec.containers[0].command' },
      remedy: expect.stringContaining('bellows.dev/command') as string,
    }),
  );
});

test('only the first container is replaced; the others need a command of their own', () => {
  const { spec } = deployment().spec.template;
  const sidecar = container({ name: 'sidecar', command: [] });
  const shop = deployment();
  const template = {
    ...shop.spec.template,
    spec: { ...spec, containers: [...spec.containers, sidecar] },
  };
  const two = { ...shop, spec: { ...shop.spec, template } };
  expect(() => resolveCommand(two, ['node', 'b.js'])).toThrow(
    expect.objectContaining({
      message: expect.stringContaining('container sidecar has no command') as string,
      remedy: "Do one of: set the container's command.",
    }),
  );
});
