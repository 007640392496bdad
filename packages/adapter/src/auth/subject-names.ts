import 'reflect-metadata';
import type { X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** Whom a certificate is of. */
export interface SubjectNames {
  /** Its common name; the last one if there are several; empty if there is none. */
  readonly commonName: string;
  /** Its organizations, in order. */
  readonly organizations: readonly string[];
}

/** Reads the names from the certificate itself: Node joins them to a text in which a name may look like two. */
export function subjectNames(certificate: X509Certificate): SubjectNames {
  const { subjectName } = new x509.X509Certificate(certificate.raw);
  return {
    commonName: subjectName.getField('CN').at(-1) ?? '',
    organizations: subjectName.getField('O'),
  };
}
