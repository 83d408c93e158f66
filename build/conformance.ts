import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hasProgram, root } from './setup.mjs';

/**
 * `npm run conformance -- DIR [--pdf]`: gematik's Referenzvalidator, module eAU, over the XML files in DIR (and the folders in it); with
 * `--pdf`, veraPDF over the PDF files instead, whether they keep PDF/A-2b. Prints one line a file and the errors of the invalid ones; exit 1
 * when one is invalid by more than a known deviation of the validator, of which it tells, as it tells the version and the packages that it speaks. Needs
 * Java 11 or newer and Maven, which fetches the validator into node_modules/.cache; says skipped where they are
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
/** KBV's packages that our documents are made after. */
const ours = ['kbv.ita.eau-1.2.1', 'kbv.ita.for-1.2.1'];
/** Where the Referenzvalidator is known to decide otherwise than KBV's own instances of 1.2.1, as its packages are those of 1.2.0. */
const deviations = [
  {
    fails: '-for-adresszeilenAufbauPatientRessource-1',
    words: 'refuses house numbers with marks of its pattern language, such as «1+1» (KBV: valid)',
  },
] as const;
const lenient = 'accepts a BSNR with a blank in it (KBV: invalid)';
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
let deviating = 0;
for (let start = 0; start < files.length; start += filesAtOnce) {
  for (const { verdict, file, errors } of answersIn(validate(files.slice(start, start + filesAtOnce)), start === 0)) {
    const known = verdict === 'VALID' ? undefined : deviationOf(errors);
    if (verdict === 'VALID') valid += 1;
    else if (known === undefined) invalid += 1;
    else deviating += 1;
    console.log(
      known === undefined ? `${verdict}\t${file}` : `${verdict}, a known deviation: it ${known.words}\t${file}`,
    );
    for (const error of errors) console.log(`\t${error}`);
  }
}
console.log(
  `${String(valid)} valid, ${String(invalid)} invalid` +
    (kind === 'xml' ? `, ${String(deviating)} refused by a known deviation of the validator` : ''),
);
if (valid + invalid + deviating !== files.length) {
  console.error(`The validator answered for ${String(valid + invalid + deviating)} of ${String(files.length)} files.`);
  process.exit(1);
}
process.exit(invalid === 0 ? 0 : 1);

/** What the validator said of one file. */
interface FileAnswer {
  readonly verdict: 'VALID' | 'INVALID';
  readonly file: string;
  readonly errors: string[];
}

/** Takes the validator's lines apart; says with which version it ran where that is asked for. */
function answersIn(lines: readonly string[], saysVersion: boolean): FileAnswer[] {
  const answers: FileAnswer[] = [];
  for (const line of lines) {
    const [first = '', ...rest] = line.split('\t');
    const text = rest.join('\t');
    if (first === 'WITH' && saysVersion) sayVersion(text);
    if (first === 'VALID' || first === 'INVALID') answers.push({ verdict: first, file: text, errors: [] });
    if (first === '' && text !== '') answers.at(-1)?.errors.push(text);
  }
  return answers;
}

/** «2.12.0 kbv.ita.eau-1.2.0 …»: plainly what ran, and how far it can be relied on. */
function sayVersion(text: string): void {
  const [version = '', ...packages] = text.split(' ');
  console.log(
    `Referenzvalidator ${version} with ${packages.join(', ')}; our documents are made after ${ours.join(', ')}.`,
  );
  if (packages.join() === ours.join()) return;
  console.log(
    `Known to decide otherwise than KBV's instances: it ${deviations.map(({ words }) => words).join(', ')}, and ${lenient}.`,
  );
}

/** The known deviation that a refusal is, where every rule of a profile that it names is one; what follows from it (slices that don't match) comes along. */
function deviationOf(errors: readonly string[]): (typeof deviations)[number] | undefined {
  const failed = errors.flatMap((error) => [...error.matchAll(/Rule (\S+?):/g)].map(([, rule]) => rule));
  return deviations.find(({ fails }) => failed.length > 0 && failed.every((rule) => rule === fails));
}

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
