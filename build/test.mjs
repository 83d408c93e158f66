// npm test: installs what is missing, then types, lint, format, and every test there is. Nothing is dropped silently: what can't run
// is named, and the last two lines say which suites were skipped and how many tests passed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, sep } from 'node:path';
import { ensureChromium, install, root, run } from './setup.mjs';

install();
const results = join(root, 'test-results', 'counts');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const skippedSuites = new Map();
/** Walks that failed once and passed when walked again. */
const secondTry = [];

/** Runs a package's program with Node itself: no shell, the same on all systems. */
const tool = (script, args, env = {}) =>
  run(process.execPath, [join(root, 'node_modules', ...script.split('/')), ...args], {
    env: { ...process.env, ...env },
  });

/** Runs one while others run; what it says is shown in one piece when it ends. Resolves with the code it ended with. */
async function toolBeside(name, script, args, env = {}) {
  const child = spawn(process.execPath, [join(root, 'node_modules', ...script.split('/')), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
  });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => said.push(data));
  const [exitCode] = await once(child, 'close');
  headline(name);
  process.stdout.write(Buffer.concat(said));
  return exitCode ?? 1;
}

/** A step that passes or fails as a whole counts as one test. */
function check(name, exitCode) {
  if (exitCode === 0) total.passed += 1;
  else fail(name);
}
function fail(name) {
  total.failed += 1;
  failures.push(name);
}
function headline(name) {
  console.log(`\n— ${name}`);
}
function readReport(name) {
  try {
    return JSON.parse(readFileSync(join(results, name), 'utf8'));
  } catch {
    return null;
  }
}
const suiteName = (path) =>
  relative(join(root, 'test'), path)
    .split(sep)
    .join('/')
    .replace(/\.test\.tsx?$/, '');

const chromium = await ensureChromium();
const env = chromium === null ? {} : { ERSATZSCHEIN_CHROMIUM: chromium };

const { buildAll, firstJavaScriptKb } = await import('./bundle.mjs');
let built = false;
// Lint takes one processor about as long as the others take another.
await Promise.all([lint(), others()]);

async function lint() {
  check('lint', await toolBeside('lint', 'eslint/bin/eslint.js', ['--config', 'build/eslint.config.mjs', '.']));
}

async function others() {
  check('types', await toolBeside('types', 'typescript/bin/tsc', []));
  check('format', await toolBeside('format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']));
  try {
    await buildAll();
    built = true;
    headline('build');
    console.log(`first JavaScript ${firstJavaScriptKb()} kB gzipped`);
  } catch (error) {
    headline('build');
    console.error(error instanceof Error ? error.message : error);
  }
  check('build', built ? 0 : 1);
}

const vitest = (project, ...more) => [
  ...['run', '--config', 'build/vitest.config.ts', '--project', project, '--passWithNoTests', ...more],
  ...['--reporter=default', '--reporter=json', `--outputFile.json=${join(results, `${project}.json`)}`],
];

headline('unit');
// Left to itself, Vitest leaves one processor idle: half of a machine that has two.
const unit = vitest('unit', `--maxWorkers=${availableParallelism()}`);
countVitest('unit', tool('vitest/vitest.mjs', unit, env), readReport('unit.json'));

// Each of these runs one file after another, and waits a good deal.
await Promise.all(['browser', 'integration'].map(vitestBeside));

async function vitestBeside(project) {
  if (project === 'browser' && chromium === null) {
    skippedSuites.set('browser', 'no Chromium, and none to be had');
    return;
  }
  const exitCode = await toolBeside(project, 'vitest/vitest.mjs', vitest(project), env);
  countVitest(project, exitCode, readReport(`${project}.json`));
}

headline('e2e');
if (chromium === null) {
  skippedSuites.set('e2e', 'no Chromium, and none to be had');
} else if (!built) {
  skippedSuites.set('e2e', 'the program could not be built');
} else {
  const report = join(results, 'e2e.json');
  const args = ['test', '--config', 'build/playwright.config.ts', '--reporter=list,json'];
  const exitCode = tool('@playwright/test/cli.js', args, {
    ...env,
    ERSATZSCHEIN_BUILT: '1',
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  countPlaywright(exitCode, readReport('e2e.json'));
}

headline('result');
for (const name of failures) console.log(`failed: ${name}`);
for (const name of secondTry) console.log(`passed only when tried again: ${name}`);
for (const [name, reason] of skippedSuites) console.log(`skipped: ${name}: ${reason}`);
console.log(`skipped suites: ${skippedSuites.size === 0 ? 'none' : [...skippedSuites.keys()].join(', ')}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);

/** Adds Vitest's counts. A file that could not be loaded counts as a failure, and so does a run that failed without a failed test. */
function countVitest(project, exitCode, report) {
  const before = total.failed;
  for (const file of report?.testResults ?? []) {
    const tests = file.assertionResults;
    const skipped = tests.filter(({ status }) => !['passed', 'failed'].includes(status));
    total.passed += tests.filter(({ status }) => status === 'passed').length;
    total.skipped += skipped.length;
    for (const { fullName } of tests.filter(({ status }) => status === 'failed'))
      fail(`${suiteName(file.name)} › ${fullName}`);
    if (file.status === 'failed' && !tests.some(({ status }) => status === 'failed'))
      fail(`${suiteName(file.name)} (could not run)`);
    if (skipped.length > 0) nameSkipped(suiteName(file.name), skipped.length === tests.length, skipped);
  }
  if (report === null) fail(`${project} (no report)`);
  else if (exitCode !== 0 && total.failed === before) fail(`${project} (ended with ${exitCode})`);
}

/** A file's tests that were skipped: the whole file, or its describes, with the condition they name in brackets. */
function nameSkipped(file, whole, tests) {
  const reason = 'what it needs is not on this machine; the file says what';
  if (whole) {
    skippedSuites.set(file, reason);
    return;
  }
  for (const { ancestorTitles, title } of tests) skippedSuites.set(`${file} › ${ancestorTitles[0] ?? title}`, reason);
}

function countPlaywright(exitCode, report) {
  if (report === null) {
    fail(`e2e (no report, ended with ${exitCode})`);
    return;
  }
  const before = total.failed;
  const visit = (suite, path) => {
    const here = suite.title === '' ? path : [...path, suite.title];
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status === 'skipped') {
          total.skipped += 1;
          const reason = test.annotations.find(({ type }) => type === 'skip')?.description ?? 'skipped';
          skippedSuites.set(`e2e/${here.join(' › ').replace(/\.test\.ts/, '')}`, reason);
        } else if (test.status === 'unexpected') fail(`e2e/${[...here, spec.title].join(' › ')}`);
        else total.passed += 1;
        if (test.status === 'flaky') secondTry.push(`e2e/${[...here, spec.title].join(' › ')}`);
      }
    }
    for (const child of suite.suites ?? []) visit(child, here);
  };
  for (const suite of report.suites) visit(suite, []);
  for (const error of report.errors ?? []) console.error(error.message);
  if (exitCode !== 0 && total.failed === before) fail(`e2e (ended with ${exitCode})`);
}
