import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkReferences, generateManifests, parseManifests } from '../../src/index.ts';
import type { Deployment, Service } from '../../src/index.ts';
import { serviceName } from '../../src/generate/service-name.ts';

describe('generateManifests', () => {
  test('makes a Deployment, a Service and an HPA that need no warning but for the image', () => {
    const { files, objects } = generateManifests({ name: 'shop', command: ['node', 'server.js'] });
    expect(files.map(({ name }) => name)).toEqual(['deployment.yaml', 'service.yaml', 'hpa.yaml']);
    expect(objects.map(({ kind }) => kind)).toEqual([
      'Deployment',
      'Service',
      'HorizontalPodAutoscaler',
    ]);
    const set = parseManifests(files.map(({ name, text }) => ({ file: name, text })));
    expect(set.objects).toEqual(objects);
    expect(set.warnings.map(({ message }) => message)).toEqual([
      'Deployment spec.template.spec.containers[].image is not acted on. No image is pulled: the command is run on this machine.',
    ]);
    expect(checkReferences(set)).toEqual({ problems: [], warnings: [] });
  });

  test('puts the port where it belongs, and says what it assumed', () => {
    const generated = generateManifests({ name: 'shop', command: ['a'], port: 8080 });
    const [deployment, service] = generated.objects as [Deployment, Service];
    const [container] = deployment.spec.template.spec.containers;
    expect(container?.ports).toEqual([{ name: 'http', containerPort: 8080, protocol: 'TCP' }]);
    expect(container?.env).toEqual([{ name: 'PORT', value: '8080' }]);
    expect(service.spec.ports[0]).toMatchObject({ port: 80, targetPort: 'http' });
    expect(generated.assumptions).toMatchInlineSnapshot(`
      [
        "The service is called shop.",
        "It listens on port 8080; the variable PORT says so too.",
        "It is ready when port 8080 accepts connections, asked once a second; nothing asks whether it is alive.",
        "It scales from 1 to 10 pods on CPU: 70 % of a request of 500m, so another pod comes when they use more than 350m on average (a busy Node process uses about 1000m).",
        "It scales in when five minutes have asked for less, as Kubernetes does unless told otherwise.",
        "A pod that is removed waits 5 s before SIGTERM, and has 30 s in all to end.",
      ]
    `);
  });

  test('says that the port was assumed', () => {
    const { assumptions } = generateManifests({ name: 'shop', command: ['a'] });
    expect(assumptions[1]).toBe(
      'It listens on port 3000, since none was given; the variable PORT says so too.',
    );
  });

  test('writes the working directory only where it is given', () => {
    const [file] = generateManifests({ name: 'a', command: ['b'], workingDirectory: '..' }).files;
    expect(file?.text).toContain('bellows.dev/working-directory: ".."');
    expect(generateManifests({ name: 'a', command: ['b'] }).files[0]?.text).not.toContain(
      'bellows.dev',
    );
  });

  test('keeps any words of a command, dollar signs protected from expansion', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: 'grapheme' }).filter((word) => !word.includes('\0')),
          { minLength: 1 },
        ),
        fc.string(),
        (command, name) => {
          fc.pre(command[0] !== '');
          const [deployment] = generateManifests({ name, command }).objects as [Deployment];
          const written = deployment.spec.template.spec.containers[0]?.command ?? [];
          expect(written.map((word) => word.replaceAll('$$(', '$('))).toEqual(
            command.map((word) => word.replaceAll('$$(', '$(')),
          );
        },
      ),
    );
  });

  test.each([
    ['no command', { name: 'a', command: [] }],
    ['a command with a NUL', { name: 'a', command: ['a\0b'] }],
    ['port 0', { name: 'a', command: ['a'], port: 0 }],
    ['half a port', { name: 'a', command: ['a'], port: 1.5 }],
  ])('refuses %s', (_name, options) => {
    expect(() => generateManifests(options)).toThrow(
      expect.objectContaining({ code: 'ERR_CORE_ARGUMENT' }) as Error,
    );
  });
});

describe('serviceName', () => {
  test.each([
    ['shop', 'shop'],
    ['@acme/Web Shop', 'acme-web-shop'],
    ['', 'app'],
    ['---', 'app'],
    ['on', 'on'],
    [`${'a'.repeat(62)}-b`, 'a'.repeat(62)],
  ])('makes %j %s', (text, name) => {
    expect(serviceName(text)).toBe(name);
  });
});
