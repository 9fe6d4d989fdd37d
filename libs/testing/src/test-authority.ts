import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files of one certificate in PEM. */
export interface TestCertificate {
  readonly keyFile: string;
  readonly certFile: string;
  readonly key: string;
  readonly cert: string;
}

/** Why certificates cannot be made on this machine; undefined where they can. */
export function whyNoCertificates(): string | undefined {
  try {
    const version = openssl(['version']);
    return version.startsWith('OpenSSL 3') ? undefined : `certificates need OpenSSL 3, and this is ${version.trim()}`;
  } catch {
    return 'certificates need the command openssl';
  }
}

/** Why stores cannot be made by Java's keytool on this machine; undefined where they can. */
export function whyNoKeytool(): string | undefined {
  try {
    keytool(['-help']);
    return undefined;
  } catch {
    return 'stores in the formats of Java need the command keytool';
  }
}

const LOCALHOST = 'subjectAltName=DNS:localhost,IP:127.0.0.1\n';

/** A certificate authority for tests, made by openssl in a temporary folder. */
export class TestAuthority {
  readonly directory = mkdtempSync(join(tmpdir(), 'tributary-ca-'));
  readonly certificate: TestCertificate;

  constructor(name = 'Test CA') {
    this.certificate = this.make('ca', ['-subj', `/CN=${name}`, '-addext', 'basicConstraints=critical,CA:TRUE']);
  }

  /** A certificate for these names, e.g. `DNS:localhost,IP:127.0.0.1`. */
  issue(name: string, subjectAltNames = 'DNS:localhost,IP:127.0.0.1'): TestCertificate {
    const { certFile, keyFile } = this.certificate;
    const extensions = ['-addext', `subjectAltName=${subjectAltNames}`, '-addext', 'basicConstraints=CA:FALSE'];
    return this.make(name, ['-CA', certFile, '-CAkey', keyFile, '-subj', `/CN=${name}`, ...extensions]);
  }

  /** A certificate for localhost whose time is over. */
  issueExpired(name: string): TestCertificate {
    const { keyFile, certFile } = this.issue(name);
    const [request, extensions] = [join(this.directory, `${name}.csr`), this.write(`${name}.ext`, LOCALHOST)];
    openssl(['req', '-new', '-key', keyFile, '-subj', `/CN=${name}`, '-out', request]);
    const ca = ['-CA', this.certificate.certFile, '-CAkey', this.certificate.keyFile, '-extfile', extensions];
    openssl(['x509', '-req', '-in', request, ...ca, '-days', '-1', '-out', certFile]);
    return { keyFile, certFile, key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') };
  }

  /** Writes the certificate with its key and the authority's as a PKCS12 store; returns the file's name. */
  keyStore(certificate: TestCertificate, password: string): string {
    const file = `${certificate.keyFile}.p12`;
    const ca = ['-certfile', this.certificate.certFile];
    const from = ['-inkey', certificate.keyFile, '-in', certificate.certFile, ...ca];
    openssl(['pkcs12', '-export', ...from, '-passout', `pass:${password}`, '-out', file]);
    return file;
  }

  /** Writes the authority's certificate, and no key, as a PKCS12 store; returns the file's name. */
  trustStore(password: string): string {
    const file = join(this.directory, 'trust.p12');
    openssl([
      'pkcs12',
      '-export',
      '-nokeys',
      '-in',
      this.certificate.certFile,
      '-passout',
      `pass:${password}`,
      '-out',
      file,
    ]);
    return file;
  }

  /** Writes text to a file in the folder; returns its name. */
  write(name: string, text: string): string {
    const file = join(this.directory, name);
    writeFileSync(file, text);
    return file;
  }

  dispose(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private make(name: string, options: readonly string[]): TestCertificate {
    const keyFile = join(this.directory, `${name}.key`);
    const certFile = join(this.directory, `${name}.crt`);
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
    openssl(['req', '-x509', ...key, '-days', '2', ...options, '-out', certFile]);
    return { keyFile, certFile, key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') };
  }
}

/** Runs Java's keytool. */
export function keytool(args: readonly string[]): string {
  return execFileSync('keytool', ['-J-Xmx64m', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function openssl(args: readonly string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
