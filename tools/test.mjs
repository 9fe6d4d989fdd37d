// Behind `npm test`: installs, builds and checks everything. The last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, installIfNeeded } from './prepare.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const reports = mkdtempSync(join(tmpdir(), 'tributary-test-'));

let passed = 0;
let failed = 0;
/** What failed, named again at the end: the output in between is long. */
const failures = [];
let finished = false;

// However it ends, also where installing or building fails, the counts are the last thing said.
process.on('exit', () => {
  rmSync(reports, { recursive: true, force: true });
  if (!finished) failed += 1;
  for (const failure of failures) console.log(failure);
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
  else fail(what);
}

function fail(what, why = '') {
  failed += 1;
  failures.push(`FAILED: ${what}${why && `\n  ${why.replaceAll('\n', '\n  ')}`}`);
}

/** The specs of one kind, see vitest.config.ts. */
function specs(project, extra) {
  console.log(`Running ${project} tests ...`);
  const report = join(reports, `${project}.json`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  if (extra.length > 0) args.push('--passWithNoTests');
  const started = Date.now();
  const { status } = spawnSync(bin('vitest'), [...args, ...extra], { cwd: root, stdio: 'inherit' });
  console.log(`${project} tests took ${((Date.now() - started) / 1000).toFixed(0)} s`);
  const failedBefore = failed;
  try {
    for (const file of JSON.parse(readFileSync(report, 'utf8')).testResults) count(project, file);
  } catch (error) {
    fail(`${project}: no report`, error.message);
  }
  if (status !== 0 && failed === failedBefore) fail(`${project}: vitest ended with ${status}, though each test passed`);
}

/** The tests of one file, of vitest's JSON report. */
function count(project, { name, status, message, assertionResults }) {
  const file = relative(root, name);
  for (const test of assertionResults) {
    if (test.status === 'passed') passed += 1;
    if (test.status === 'failed') fail(`${project} ${file} > ${test.fullName}`, test.failureMessages.join('\n'));
  }
  // A file that could not be loaded or set up has no failed test of its own.
  if (status === 'failed' && assertionResults.every((test) => test.status !== 'failed'))
    fail(`${project} ${file}`, message);
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
