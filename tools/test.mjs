// Behind `npm test`: installs, builds and checks everything. The last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, installIfNeeded } from './prepare.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const reports = mkdtempSync(join(tmpdir(), 'tributary-test-'));

let passed = 0;
let failed = 0;
let finished = false;

// However it ends, also where installing or building fails, the counts are the last thing said.
process.on('exit', () => {
  rmSync(reports, { recursive: true, force: true });
  if (!finished) failed += 1;
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
});

installIfNeeded();
build();

/** A check that is one command. */
function check(what, command, args) {
  console.log(what);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status === 0) passed += 1;
  else failed += 1;
}

/** The specs of one kind, see vitest.config.ts. */
function specs(project, extra) {
  console.log(`Running ${project} tests ...`);
  const report = join(reports, `${project}.json`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  if (extra.length > 0) args.push('--passWithNoTests');
  const started = Date.now();
  const { status } = spawnSync(bin('vitest'), [...args, ...extra], { cwd: root, stdio: 'inherit' });
  let counts = { numPassedTests: 0, numFailedTests: 0 };
  try {
    counts = JSON.parse(readFileSync(report, 'utf8'));
  } catch (error) {
    console.error(`${project}: no report (${error.message})`);
  }
  console.log(`${project} tests took ${((Date.now() - started) / 1000).toFixed(0)} s`);
  passed += counts.numPassedTests;
  // A file that could not be loaded has no failed test of its own.
  failed += status === 0 ? counts.numFailedTests : Math.max(1, counts.numFailedTests);
}

const wanted = process.argv.slice(2);
if (wanted.length === 0) {
  check('Checking types of the tests ...', bin('tsc'), ['-p', 'tsconfig.spec.json']);
  check('Linting ...', bin('oxlint'), ['--deny-warnings']);
  check('Checking the format ...', bin('prettier'), [
    '--check',
    '--log-level',
    'warn',
    'apps',
    'libs',
    'tools',
    'examples',
    '*.ts',
  ]);
}
for (const project of ['unit', 'broker', 'e2e']) specs(project, wanted);
finished = true;
