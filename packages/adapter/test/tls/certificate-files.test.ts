import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory, waitUntil } from '@bellows/testkit';
import { expect, test } from 'vitest';
import type { KeyedCertificate } from '../../src/registration/certificate.ts';
import { createCertificateFiles } from '../../src/tls/certificate-files.ts';
import { testAuthority } from '../fixtures/certificates.ts';

const WAIT = { timeoutMs: 25_000 };
const authority = await testAuthority('serving');

test('a pair that is replaced is told of when both files fit, and the one before goes on till then', async () => {
  await using folder = await temporaryDirectory();
  const [certFile, keyFile] = [join(folder.path, 'tls.crt'), join(folder.path, 'tls.key')];
  const [first, second] = [await authority.issue('CN=first'), await authority.issue('CN=second')];
  const replace = async (file: string, text: string): Promise<void> => {
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  };
  await Promise.all([replace(certFile, first.certificate), replace(keyFile, first.key)]);
  const [changes, warnings] = [[] as KeyedCertificate[], [] as string[]];
  const files = createCertificateFiles({
    ...{ certFile, keyFile, lookEveryMs: 20 },
    onChange: (pair) => changes.push(pair),
    log: (level, message) => level === 'warn' && warnings.push(message),
  });
  expect(await files.start()).toEqual({ certificate: first.certificate, key: first.key });
  await replace(certFile, second.certificate);
  await waitUntil('the half pair is warned of', () => warnings.length > 0, WAIT);
  expect(changes).toEqual([]);
  await replace(keyFile, second.key);
  await waitUntil('the new pair is told of', () => changes.length === 1, WAIT);
  expect(changes).toEqual([{ certificate: second.certificate, key: second.key }]);
  await files.stop();
  await files.stop();
});

test('files that are no pair end the start', async () => {
  await using folder = await temporaryDirectory();
  const [certFile, keyFile] = [join(folder.path, 'tls.crt'), join(folder.path, 'tls.key')];
  const log = (): void => undefined;
  const files = createCertificateFiles({ certFile, keyFile, onChange: () => undefined, log });
  await expect(files.start()).rejects.toThrow('Cannot read');
  const [one, other] = [await authority.issue('CN=one'), await authority.issue('CN=other')];
  await writeFile(certFile, one.certificate);
  await writeFile(keyFile, other.key);
  await expect(
    createCertificateFiles({ certFile, keyFile, onChange: () => undefined, log }).start(),
  ).rejects.toMatchObject({ code: 'ERR_ADAPTER_CONFIG', place: { file: certFile } });
  await writeFile(certFile, 'nothing');
  await expect(
    createCertificateFiles({ certFile, keyFile, onChange: () => undefined, log }).start(),
  ).rejects.toMatchObject({ code: 'ERR_ADAPTER_CONFIG' });
});
