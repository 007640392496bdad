import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createCertificateAuthority,
  createSigningKeys,
  writeCertificate,
  type CertificateAuthority,
  type PemCertificate,
} from './certificates.ts';
import { writeKubeconfig } from './kubeconfig-file.ts';
import { ADVERTISE_ADDRESS, API_SERVER_PORT } from './network-namespace.ts';

/** What else than files the certificates are needed for. */
export interface Credentials {
  /** Issues every certificate but that of the front proxy. */
  readonly authority: CertificateAuthority;
  /** A member of `system:masters`. */
  readonly admin: PemCertificate;
}

const SERVER_NAMES = [
  '127.0.0.1',
  ADVERTISE_ADDRESS,
  '10.0.0.1',
  'localhost',
  'kubernetes.default.svc',
];

/**
 * Makes every certificate, key and kubeconfig of a control plane in `folder`: `ca`, `apiserver`, `front-proxy-ca`,
 * `front-proxy-client`, `apiserver-kubelet-client`, `service-account`, and the kubeconfigs `controller-manager.json` and `scheduler.json`.
 */
export async function writeCredentials(folder: string): Promise<Credentials> {
  const authority = await createCertificateAuthority('bellows-kube');
  const frontProxy = await createCertificateAuthority('bellows-kube-front-proxy');
  const write = (name: string, pem: PemCertificate): void => {
    writeCertificate(folder, name, pem);
  };
  writeFileSync(join(folder, 'ca.crt'), authority.certificate);
  writeFileSync(join(folder, 'front-proxy-ca.crt'), frontProxy.certificate);
  write('apiserver', await authority.issue({ subject: 'CN=kube-apiserver', hosts: SERVER_NAMES }));
  write('front-proxy-client', await frontProxy.issue({ subject: 'CN=front-proxy-client' }));
  const kubeletClient = 'O=system:masters,CN=kube-apiserver-kubelet-client';
  write('apiserver-kubelet-client', await authority.issue({ subject: kubeletClient }));
  const { publicKey, privateKey } = await createSigningKeys();
  write('service-account', { certificate: publicKey, key: privateKey });
  for (const name of ['controller-manager', 'scheduler']) {
    writeKubeconfig(join(folder, `${name}.json`), {
      server: `https://127.0.0.1:${API_SERVER_PORT}`,
      authority: authority.certificate,
      user: await authority.issue({ subject: `CN=system:kube-${name}` }),
    });
  }
  const admin = await authority.issue({ subject: 'O=system:masters,CN=admin' });
  return { authority, admin };
}
