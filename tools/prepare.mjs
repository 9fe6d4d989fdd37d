// Installs and builds what is missing, with nothing but Node at hand.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Ends with one line that says what to do. */
function fail(message) {
  console.error(message);
  process.exit(1);
}

function run(what, command, args) {
  console.log(what);
  const started = Date.now();
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) fail(`${what} failed: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
  console.log(`  done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

export function installIfNeeded() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Tributary needs Node 20.19 or newer; this is ${process.versions.node}`);
  }
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.installed-from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  run('Installing dependencies ...', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error']);
  writeFileSync(stamp, lock);
}

export function build() {
  const nx = join(root, 'node_modules', 'nx', 'bin', 'nx.js');
  run('Building ...', process.execPath, [nx, 'run-many', '-t', 'build', '--outputStyle', 'static']);
}
