import { readFileSync } from 'node:fs';
import { PROFILE_1_37 } from '@bellows/hpa';

/** Version of Bellows, of the Kubernetes rules it follows, and of the Node it runs on. */
export function versionText(): string {
  return `bellows ${ownVersion()} (HPA rules of Kubernetes ${PROFILE_1_37.version}, Node ${process.versions.node})`;
}

function ownVersion(): string {
  const manifest = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  ) as { version: string };
  return manifest.version;
}
