// Installs and builds what is missing, with nothing but Node at hand.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Ends with one line that says what to do. */
function fail(message) {
  console.error(message);
  process.exit(1);
}

function run(what, command, args, shell = false) {
  console.log(`${what} ...`);
  const started = Date.now();
  const { status, signal, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell });
  if (error) fail(`${what} failed: ${error.message}`);
  // Ctrl-C reaches what runs here as well; it has been said already.
  if (signal === 'SIGINT' || signal === 'SIGTERM') process.exit(130);
  if (status !== 0) fail(`${what} failed (${signal ?? `exit code ${status}`}): its messages are above`);
  console.log(`  done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** Whether node_modules holds what package-lock.json wants; npm keeps a list of its own there. */
function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const present = packagesOf(installed);
  return Object.entries(packagesOf(join(root, 'package-lock.json')))
    .filter(([path, { optional }]) => path.startsWith('node_modules/') && !optional)
    .every(([path, { version }]) => present[path] !== undefined && present[path].version === version);
}

export function installIfNeeded() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Tributary needs Node 20.19 or newer; this is ${process.versions.node}`);
  }
  if (isInstalled()) return;
  // Not "npm ci": the lock file names only the platforms whose optional binaries its registry had, and ci takes that for an error.
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel', 'error'];
  run('Installing dependencies (the first time about half a minute)', 'npm', args, process.platform === 'win32');
}

/** Compiles what changed; with nothing to do it takes half a second, where Nx needs three. */
export function build() {
  const packageJson = join(root, 'node_modules', 'typescript', 'package.json');
  const { bin } = JSON.parse(readFileSync(packageJson, 'utf8'));
  run('Building', process.execPath, [join(dirname(packageJson), bin.tsc), '-b']);
}
