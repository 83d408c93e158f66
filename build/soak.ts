import 'fake-indexeddb/auto';
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runModel } from './chaos/model-run';
import { runChaos } from './chaos/run';
import { figuresSchema } from './drill/figures';
import { buildHosts } from './bundle.mjs';
import { ensureChromium, root } from './setup.mjs';
import { checkDocuments } from './soak/documents';
import { everyByte } from './soak/every-byte';
import { fuzzMails } from './soak/fuzz';
import { killBrowsers } from './soak/browser-kills';
import { killHosts } from './soak/host-kills';
import { readSlipsBack } from './soak/slips';

/**
 * `npm run soak -- [--minutes M] [--seeds N] [--json]`: the slow suites. Fuzzed inbound mail, the barcodes of generated slips, thousands of
 * certificates that are each refused with a rule or become a VALID document, real crashes of the page (the chaos drill), the host killed while
 * it writes the archive and the browser while it records, then steps in any order against a plain model of the world, with weeks of trouble and
 * dialogues over a troubled wire in between, seed after seed, as long as the minutes last. Exit 1 when anything is lost, doubled or wrong.
 */

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    /** The first seed. */
    seed: { type: 'string', default: String(Math.floor(Date.now() / 1000) % 1_000_000) },
    /** So many seeds against the model at least, however short the minutes are. */
    seeds: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const minutes = Number(values.minutes);
const firstSeed = Number(values.seed);
const leastSeeds = Number(values.seeds);
if (!(minutes >= 0) || !Number.isInteger(firstSeed) || !Number.isInteger(leastSeeds)) {
  process.stderr.write('--minutes, --seed and --seeds are numbers.\n');
  process.exit(2);
}
const say = (line: string) => void (values.json ? process.stderr : process.stdout).write(`${line}\n`);
const end = Date.now() + minutes * 60_000;
const leastMails = 1000;
const leastKills = 20;
const slips = 2000;
/** Certificates from the rules' edges, beside every combination and every letter. */
const documents = 1000;
/** So often the host is killed, and so often at least, however short the minutes are. */
const hostKills = { most: 200, least: 20, atOnce: 20 };
/** The same for the browser, where there is one. */
const browserKills = { most: 200, least: 20, atOnce: 10 };
/** All inbound mails of the slow suite lie in one mailbox; short runs begin with fewer. */
const allMails = 10_000;
const figures = { kills: (await canCrashPages()) ? 0 : null, seeds: 0, fuzzed: 0, lost: 0, doubled: 0, wrong: 0 };

async function canCrashPages(): Promise<boolean> {
  return (await ensureChromium()) !== null;
}

async function mails(count: number, seed: number, isOver?: () => boolean): Promise<void> {
  const { fuzzed, wrong } = await fuzzMails(count, seed, isOver);
  figures.fuzzed += fuzzed;
  figures.wrong += wrong.length;
  wrong.forEach((line) => say(`mails, seed ${String(seed)}: ${line}`));
}

async function crash(seed: number): Promise<void> {
  const args = ['--import', 'tsx', join(root, 'build', 'drill.ts'), '--chaos', '--json'];
  const child = spawn(process.execPath, [...args, '--certificates', '6', '--seed', String(seed)], { cwd: root });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => (output.stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output.stderr += data.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const last = output.stdout.trim().split('\n').at(-1) ?? '';
  if (figures.kills !== null) figures.kills += output.stderr.match(/The program is killed/g)?.length ?? 0;
  if (!last.startsWith('{')) {
    figures.wrong += 1;
    say(`crashes, seed ${String(seed)}: ended with ${String(code)}. ${output.stderr.slice(-500)}`);
    return;
  }
  const told = figuresSchema.parse(JSON.parse(last));
  figures.lost += told.lost;
  figures.doubled += told.doubled;
  // Every certificate is delivered, on paper only, or on the posting list.
  if (told.owed > 0 || (code !== 0 && told.lost + told.doubled === 0)) {
    figures.wrong += 1;
    say(`crashes, seed ${String(seed)}: ${last} ${output.stderr.slice(-500)}`);
  }
}

/** Kills the host (SIGKILL) while it writes journal, keys, header and backups. Needs no browser. */
async function killHost(seed: number): Promise<void> {
  const { lost, doubled, wrong, acknowledged } = await killHosts(hostKills.atOnce, seed);
  figures.kills = (figures.kills ?? 0) + hostKills.atOnce;
  figures.lost += lost;
  figures.doubled += doubled;
  figures.wrong += wrong.length;
  wrong.forEach((line) => say(`host kills, seed ${String(seed)}: ${line}`));
  say(`${String(hostKills.atOnce)} kills of the host, ${String(acknowledged)} writes acknowledged before them.`);
}

/** Kills the browser (SIGKILL) while it records into database and journal. */
async function killBrowser(executablePath: string, seed: number): Promise<void> {
  const found = await killBrowsers(executablePath, browserKills.atOnce, seed);
  const { kills, lost, doubled, rebuilt, wrong, acknowledged } = found;
  figures.kills = (figures.kills ?? 0) + kills;
  figures.lost += lost;
  figures.doubled += doubled;
  figures.wrong += wrong.length;
  wrong.forEach((line) => say(`browser kills, seed ${String(seed)}: ${line}`));
  say(
    `${String(kills)} kills of the browser, ${String(acknowledged)} steps acknowledged before them, ${String(rebuilt)} times made anew from the archive.`,
  );
}

/**
 * Every dialogue cut at every byte of it in both directions, and garbled and doubled below TLS, on all processors, as far as the time goes (the order
 * is the seed's). Wrong is what came through as right and isn't.
 */
async function wire(seed: number, milliseconds: number): Promise<void> {
  const parts = Math.max(1, Math.min(4, availableParallelism()));
  const outcomes = await Promise.all(
    Array.from({ length: parts }, (_, index) => everyByte({ seed, milliseconds, index, of: parts })),
  );
  const dialogues = outcomes.reduce((sum, outcome) => sum + outcome.dialogues, 0);
  for (const { wrong } of outcomes) {
    figures.wrong += wrong.length;
    wrong.forEach((line) => say(`wire, seed ${String(seed)}: ${line}`));
  }
  const reached = Object.keys(outcomes[0]?.reached ?? {}).map((key) => {
    const all = outcomes.flatMap(({ reached: some }) => some[key] ?? []);
    const places = Math.max(...all.map(({ bytes }) => bytes)) + 1;
    const cut = all.reduce((sum, one) => sum + one.cut, 0);
    return `${key} ${String(Math.min(cut, places))} of ${String(places)}`;
  });
  say(`${String(dialogues)} dialogues troubled; cut at ${reached.join(', ')} places.`);
}

/** Steps in any order against the plain model; what goes wrong is shrunk to the fewest. */
async function model(seed: number): Promise<void> {
  const { failure } = await runModel(seed);
  figures.seeds += 1;
  if (failure === null) return;
  figures.wrong += 1;
  say(`model, ${failure}`);
}

async function week(seed: number): Promise<void> {
  const { lost, doubled, wrong } = await runChaos({ seed, certificates: 10 });
  figures.lost += lost;
  figures.doubled += doubled;
  figures.wrong += wrong.length;
  wrong.forEach((line) => say(`week, seed ${String(seed)}: ${line}`));
}

await mails(leastMails, firstSeed);
say(`${String(figures.fuzzed)} mails, ${String(figures.wrong)} wrong.`);
const misread = await readSlipsBack(slips, firstSeed);
if (misread === null) say('Slips: skipped, pdftoppm not found.');
else {
  figures.wrong += misread.length;
  misread.forEach((line) => say(`slips, seed ${String(firstSeed)}: ${line}`));
  say(`${String(slips)} slips read back, ${String(misread.length)} wrong.`);
}
const documented = await checkDocuments(documents, firstSeed);
if (documented === null) say('Documents: skipped, the reference validator is not there.');
else {
  const { valid, refused, wrong } = documented;
  figures.wrong += wrong.length;
  wrong.forEach((line) => say(`documents: ${line}`));
  say(`${String(valid)} documents valid, ${String(refused)} refused with a rule, ${String(wrong.length)} wrong.`);
}
for (let seed = firstSeed; figures.kills !== null && figures.kills < leastKills && seed < firstSeed + 20; seed += 1) {
  await crash(seed);
  say(`${String(figures.kills)} kills, ${String(figures.lost)} lost, ${String(figures.doubled)} doubled.`);
}
await buildHosts();
const chromium = await ensureChromium();
// Both kinds at least so often; then in turn, in half of the minutes.
const killsEnd = Date.now() + (end - Date.now()) / 2;
for (let [hosts, browsers] = [0, 0]; ;) {
  const late = Date.now() >= killsEnd;
  const hostNext = hosts < (late ? hostKills.least : hostKills.most);
  const browserNext = chromium !== null && browsers < (late ? browserKills.least : browserKills.most);
  if (!hostNext && !browserNext) break;
  if (hostNext) await killHost(firstSeed + hosts);
  if (hostNext) hosts += hostKills.atOnce;
  if (chromium !== null && browserNext) await killBrowser(chromium, firstSeed + browsers);
  if (browserNext) browsers += browserKills.atOnce;
}
// A third of what is left for the wire, all the mails that fit into another, the rest for the model.
await wire(firstSeed, Math.max(20_000, (end - Date.now()) / 3));
const mailsEnd = Date.now() + (end - Date.now()) / 2;
if (minutes > 0 && Date.now() < mailsEnd) {
  await mails(allMails - leastMails, firstSeed + 1, () => Date.now() >= mailsEnd);
  say(`${String(figures.fuzzed)} mails, ${String(figures.wrong)} wrong.`);
}
// As many as asked for at least; then as long as the minutes last. Now and then the other suites take a turn.
const modelBegan = Date.now();
for (let seed = firstSeed; ; seed += 1) {
  await model(seed);
  if (seed % 10 === 0 || seed === firstSeed) {
    await week(seed);
    await mails(100, seed);
    const perMinute = figures.seeds / ((Date.now() - modelBegan) / 60_000);
    say(`${String(figures.seeds)} seeds, ${perMinute.toFixed(1)} a minute.`);
  }
  if (Date.now() >= end && figures.seeds >= leastSeeds) break;
}
say(
  Object.entries(figures)
    .map(([name, figure]) => `${name.padStart(8)}  ${String(figure)}`)
    .join('\n'),
);
if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
process.exit(figures.lost + figures.doubled + figures.wrong > 0 ? 1 : 0);
