import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

/**
 * The validator of the reference material (KBV's profiles 1.2.1) and its comparison, for tests. Its libraries are installed once, into
 * node_modules/.cache. Tests that need it are skipped where the reference material isn't there.
 */

const root = new URL('../../../', import.meta.url).pathname;
const source = join(root, '../shared/fhir-validator');
const cache = join(root, 'node_modules/.cache/fhir-validator');

/** Folder with the rules, instances and cases. */
export const specification = join(root, '../shared/spec');
export const hasReference = existsSync(source) && existsSync(specification);

export interface Validator {
  /** The errors of a document; empty: VALID. */
  readonly errorsOf: (xml: string) => string[];
  /** Where two documents differ, ids, times and order aside; empty: the same certificate. */
  readonly differences: (expected: string, actual: string) => string[];
}

/** Loads the validator; takes some seconds the first time. */
export async function loadValidator(): Promise<Validator> {
  install();
  const engine: unknown = await import(/* @vite-ignore */ pathToFileURL(join(cache, 'engine.mjs')).href);
  const comparison: unknown = await import(/* @vite-ignore */ pathToFileURL(join(cache, 'compare.mjs')).href);
  if (!isEngine(engine) || !isComparison(comparison)) throw new Error('The reference validator has another shape.');
  const definitions: unknown = JSON.parse(gunzipSync(readFileSync(join(cache, 'data/defs-1.2.1.json.gz'))).toString());
  const validator = engine.createValidator(definitions);
  return {
    errorsOf: (xml) =>
      validation
        .parse(validator.validateXml(xml))
        .issues.filter((issue) => issue.severity === 'error')
        .map((issue) => `${issue.path}: ${issue.message}`),
    differences: (expected, actual) => z.array(z.string()).parse(comparison.compare(expected, actual)),
  };
}

const validation = z.object({
  issues: z.array(z.object({ severity: z.string(), path: z.string(), message: z.string() })),
});

function isEngine(
  module: unknown,
): module is { createValidator: (definitions: unknown) => { validateXml: (xml: string) => unknown } } {
  return isModuleWith(module, 'createValidator');
}

function isComparison(module: unknown): module is { compare: (expected: string, actual: string) => unknown } {
  return isModuleWith(module, 'compare');
}

function isModuleWith(module: unknown, name: string): boolean {
  return typeof module === 'object' && module !== null && typeof Reflect.get(module, name) === 'function';
}

/** Installs beside and renames, so that test files running at the same time never see half an installation. */
function install(): void {
  if (existsSync(cache)) return;
  mkdirSync(join(cache, '..'), { recursive: true });
  const beside = mkdtempSync(`${cache}-`);
  cpSync(source, beside, { recursive: true });
  execFileSync('npm', ['install', '--prefix', beside, '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: 'pipe',
  });
  try {
    renameSync(beside, cache);
  } catch (thrown) {
    rmSync(beside, { recursive: true, force: true });
    if (!existsSync(cache)) throw thrown;
  }
}
