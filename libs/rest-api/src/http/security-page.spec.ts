import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseProperties, WorkerConfig } from '@tributary/config-schemas';
import { whyNoCertificates, whyNoKeytool } from '@tributary/testing';
import { afterEach, expect, test } from 'vitest';
import { connectorsModule } from '../testing/connectors.module.js';
import { listenOn } from './listen-on.js';
import { ServiceApp } from './service-app.js';

const PAGE = readFileSync(new URL('../../../../docs/security.md', import.meta.url), 'utf8');
const SECTION = PAGE.slice(PAGE.indexOf('## HTTPS'), PAGE.indexOf('### Which properties count'));
const PORT = '8443';

const blocks = (language: string) =>
  [...SECTION.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, code = '']) => code);

let directory: string;
let app: ServiceApp | undefined;
afterEach(async () => {
  await app?.close(0);
  rmSync(directory, { recursive: true, force: true });
});

/** What a command prints, whether it succeeds or not. */
const printed = (command: string) =>
  promisify(execFile)('sh', ['-c', `{ ${command}\n} 2>&1 || true`], { cwd: directory }).then(({ stdout }) => stdout);

async function listen(properties: string): Promise<string> {
  const here = properties.replaceAll('tls/', `${directory}/tls/`).replace(`:${PORT}`, ':0');
  const given = { ...parseProperties(here), 'bootstrap.servers': 'nobody:1' };
  app = await ServiceApp.create(connectorsModule);
  const { url } = await listenOn(
    app,
    WorkerConfig.parse(given, 'gateway', (message) => expect.fail(message)),
  );
  return new URL(url).port;
}

const reason = whyNoCertificates() ?? whyNoKeytool();
test.skipIf(reason)(
  `the page's way to mutual TLS is one that leads there${reason ? ` (${reason})` : ''}`,
  async () => {
    directory = mkdtempSync(join(tmpdir(), 'tributary-page-'));
    const [properties = ''] = blocks('properties');
    const [functions = ''] = /^new\(\) \{\n[\s\S]*?^\}\n/m.exec(SECTION) ?? [];
    let port = '';
    let answers = 0;
    for (const block of blocks('sh')) {
      if (block.startsWith('npm start')) {
        port = await listen(properties);
      } else if (block.startsWith('curl')) {
        for (const line of block.trim().split('\n')) {
          const [command = '', expected = ''] = line.split(/ +# /);
          expect(await printed(command.replaceAll(PORT, port))).toContain(expected);
          answers++;
        }
      } else {
        await promisify(execFile)('sh', ['-ec', functions + block], { cwd: directory });
      }
    }
    expect(answers).toBe(3);
  },
  60_000,
);
