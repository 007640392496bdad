import { readFileSync } from 'node:fs';
import { validate, ValidationSeverity } from 'dockerfile-utils';
import { describe, expect, test } from 'vitest';

const TEXT = readFileSync(new URL('../../../deploy/Dockerfile', import.meta.url), 'utf8');

describe('the Dockerfile', () => {
  test('is one that a linter has nothing to say about', () => {
    const settings = {
      deprecatedMaintainer: ValidationSeverity.ERROR,
      directiveCasing: ValidationSeverity.ERROR,
      emptyContinuationLine: ValidationSeverity.ERROR,
      instructionCasing: ValidationSeverity.ERROR,
      instructionCmdMultiple: ValidationSeverity.ERROR,
      instructionEntrypointMultiple: ValidationSeverity.ERROR,
      instructionWorkdirRelative: ValidationSeverity.ERROR,
    };
    expect(
      validate(TEXT, settings).map(({ message, range }) => [range.start.line, message]),
    ).toEqual([]);
  });

  test('runs as nobody, as the manifests say', () => {
    const manifests = readFileSync(
      new URL('../../../deploy/kubernetes/adapter.yaml', import.meta.url),
      'utf8',
    );
    expect(TEXT).toContain('USER 65532:65532\n');
    expect(manifests).toContain('runAsUser: 65532\n');
  });

  test('fixes the versions of what it is made from', () => {
    const images = [...TEXT.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    expect(images).toHaveLength(2);
    for (const image of images) expect(image).toMatch(/^node:\d+\.\d+\.\d+-/);
  });
});
