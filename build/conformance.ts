import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hasProgram, root } from './setup.mjs';

/**
 * `npm run conformance -- DIR [--pdf]`: gematik's Referenzvalidator, module eAU, over the XML files in DIR (and the folders in it); with
 * `--pdf`, veraPDF over the PDF files instead, whether they keep PDF/A-2b. Prints one line a file and the errors of the invalid ones; exit 1
 * when one is invalid. Needs Java 11 or newer and Maven, which fetches the validator into node_modules/.cache; says skipped where they are
 * missing.
 */

const validators = {
  xml: {
    name: 'Referenzvalidator',
    megabytes: 150,
    folder: 'conformance',
    program: 'Conformance.java',
    cache: 'conformance',
  },
  pdf: {
    name: 'veraPDF',
    megabytes: 9,
    folder: 'conformance/pdf',
    program: 'PdfConformance.java',
    cache: 'conformance-pdf',
  },
} as const;
/** Java reads its class path and arguments from the command line, which has a length. */
const filesAtOnce = 200;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { pdf: { type: 'boolean', default: false } },
});
const kind = values.pdf ? 'pdf' : 'xml';
const validator = validators[kind];
const own = join(root, 'build', validator.folder);
const cache = join(root, 'node_modules', '.cache', validator.cache);
const [folder] = positionals;
if (folder === undefined || !existsSync(folder)) {
  console.error('npm run conformance -- DIR [--pdf]: the folder with the XML (PDF) files to validate.');
  process.exit(2);
}
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((name) => resolve(folder, name))
  .filter((path) => path.endsWith(`.${kind}`) && statSync(path).isFile())
  .sort();
if (files.length === 0) {
  console.error(`There is no ${kind.toUpperCase()} file in ${folder}.`);
  process.exit(2);
}
const missing = ['java', 'mvn'].filter((program) => !hasProgram(program));
if (missing.length > 0) {
  console.log(`skipped: ${missing.join(' and ')} not found; ${validator.name} needs Java and Maven.`);
  process.exit(0);
}
const library = fetchValidator();
let valid = 0;
let invalid = 0;
for (let start = 0; start < files.length; start += filesAtOnce) {
  for (const line of validate(files.slice(start, start + filesAtOnce))) {
    if (line.startsWith('VALID\t')) valid += 1;
    if (line.startsWith('INVALID\t')) invalid += 1;
    if (/^(VALID|INVALID)?\t/.test(line)) console.log(line);
  }
}
console.log(`${String(valid)} valid, ${String(invalid)} invalid`);
if (valid + invalid !== files.length) {
  console.error(`The validator answered for ${String(valid + invalid)} of ${String(files.length)} files.`);
  process.exit(1);
}
process.exit(invalid === 0 ? 0 : 1);

/** Folder with the validator and all it needs; fetched whole or not at all. */
function fetchValidator(): string {
  const target = join(cache, 'lib');
  if (existsSync(target)) return target;
  console.log(`Fetching ${validator.name} (${String(validator.megabytes)} MB, once) …`);
  const partial = join(cache, 'partial');
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const args = ['-B', '-q', '-f', join(own, 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`];
  const { status } = spawnSync('mvn', args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) {
    console.error('Maven could not fetch it; see above.');
    process.exit(1);
  }
  renameSync(partial, target);
  return target;
}

function validate(paths: readonly string[]): string[] {
  const args = ['-Duser.language=de', '-cp', join(library, '*'), join(own, validator.program), ...paths];
  const { status, stdout } = spawnSync('java', args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) {
    console.error(`The validator ended with ${String(status)}.`);
    process.exit(1);
  }
  return stdout.split('\n');
}
