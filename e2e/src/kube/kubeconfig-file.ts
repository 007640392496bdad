import { writeFileSync } from 'node:fs';
import type { PemCertificate } from './certificates.ts';

/** What a kubeconfig says. */
export interface KubeconfigContent {
  /** URL of the API server. */
  readonly server: string;
  /** Certificate of the authority that signed the API server's, as PEM text. */
  readonly authority: string;
  /** Who asks. */
  readonly user: PemCertificate | { readonly token: string };
  /** The context's namespace. @defaultValue 'default' */
  readonly namespace?: string;
}

/** Writes a kubeconfig with the one context `bellows-kube`; only this user may read it. JSON is YAML, too. */
export function writeKubeconfig(file: string, content: KubeconfigContent): void {
  const { server, authority, user, namespace = 'default' } = content;
  const name = 'bellows-kube';
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority-data': base64(authority) } }],
    users: [{ name, user: credentials(user) }],
    contexts: [{ name, context: { cluster: name, user: name, namespace } }],
    'current-context': name,
  };
  writeFileSync(file, `${JSON.stringify(config, undefined, 2)}\n`, { mode: 0o600 });
}

function credentials(user: KubeconfigContent['user']): Record<string, string> {
  if ('token' in user) return { token: user.token };
  return {
    'client-certificate-data': base64(user.certificate),
    'client-key-data': base64(user.key),
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
