import { randomUUID } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import type { ArchiveEntry, ArchiveState, Backup, BackupPlace, BackupPlaceState } from '../../contract/archive';
import type { Failure, Result } from '../../contract/call';
import type { Handlers } from '../../contract/serve';
import { Failed, failure, ok } from '../failure';
import { BackupFolder, tryFolder, type BackupSource } from './backups';
import { CheckedFile } from './checked-file';
import { diskFailure, freeBytes, isThere, layout, makePrivateFolder, systemDisk, type Disk } from './disk';
import { Journal } from './journal';
import { journalFileName } from './journal-scan';
import { formatKeys, KeyFile, readKeys } from './key-file';
import { finishSwap, swapJournal } from './restore';
import { Serial } from './serial';
import { WriterFile, type Writer } from './writer-file';

const lineageSchema = z.object({
  practiceId: z.string(),
  lineage: z.string(),
  restored: z.object({ insteadOf: z.array(z.string()), at: z.string(), lastNumber: z.number() }).nullable(),
});
const secondPlaceSchema = z.object({ folder: z.string().nullable() });
const headerSchema = z.object({ bytes: z.string() });
type Lineage = z.output<typeof lineageSchema>;

/** What is open while nothing is wrong. */
interface Opened {
  readonly journal: Journal;
  readonly keys: KeyFile;
  readonly lineage: Lineage;
  writer: Writer;
}

export interface ArchiveOptions {
  readonly folder: string;
  /** Whose: the practice's own vault, or the rehearsal's. Each has a folder of its own in a second place too. */
  readonly kind: 'rehearsal' | 'live';
  readonly now: () => Date;
  readonly disk?: Disk;
}

/** Names of the folders that backups get in the second place: what else lies there is left alone. */
const secondPlaceNames = { live: 'Ersatzschein-Sicherung', rehearsal: 'Ersatzschein-Sicherung-Uebung' } as const;

/**
 * The archive in one folder: journal, keys, header, backups. Reading it through begins with the first call. Whoever opened the folder last writes: another program (or
 * another browser profile, by `takeOver`) that comes later supersedes. A program that was only started over the folder, in which nobody has taken over, does not: the one
 * before reads what that may have put right, and goes on.
 */
export class Archive {
  readonly #disk: Disk;
  readonly #now: () => Date;
  readonly #secondPlaceName: string;
  readonly #places: ReturnType<typeof layout>;
  readonly #serial = new Serial();
  readonly #backingUp = new Serial();
  readonly #writer: WriterFile;
  #opened: Opened | null = null;
  /** The page of another program has taken over: what is open stays as it was read, and nothing is written, until `open` is called. */
  #isSuperseded = false;

  constructor({ folder, kind, now, disk = systemDisk }: ArchiveOptions) {
    this.#disk = disk;
    this.#secondPlaceName = secondPlaceNames[kind];
    this.#now = now;
    this.#places = layout(folder);
    this.#writer = new WriterFile(disk, this.#places.journal);
  }

  /** The contract's calls. */
  get handlers(): Handlers['archive'] {
    return {
      state: () => this.#serial.run(() => this.#result(() => this.#state())),
      open: () => this.#serial.run(() => this.#result(() => this.#openAnew())),
      takeOver: ({ writerId }) => this.#inTurn((opened) => this.#takeOver(opened, writerId)),
      append: (argument) => this.#append(argument),
      read: ({ after, limit }) => this.#inTurn(({ journal }) => journal.read(after, limit)),
      keepKeys: ({ writerId, keys }) =>
        this.#inTurn(async () => {
          const opened = await this.#admitted(writerId);
          await opened.keys.keep(keys);
          return {};
        }),
      forgetKey: ({ writerId, id }) =>
        this.#inTurn(async () => {
          const opened = await this.#admitted(writerId);
          await opened.keys.forget(id);
          return {};
        }),
      keys: () => this.#inTurn(({ keys }) => Promise.resolve({ keys: keys.keys, forgotten: keys.forgotten })),
      header: () => this.#inTurn(() => this.#readHeader()),
      saveHeader: ({ bytes }) =>
        this.#inTurn(async () => {
          await this.#header().write({ bytes });
          return {};
        }),
      backup: ({ why }) => this.#backingUp.run(() => this.#backup(why)),
      backups: () => this.#backingUp.run(() => this.#result(() => this.#placeStates())),
      checkBackup: ({ place, id }) =>
        this.#backingUp.run(() =>
          this.#result(async () => {
            const { entries, keys } = await (await this.#backupFolder(place)).read(id);
            return { entries, keys };
          }),
        ),
      restore: ({ place, id }) => this.#backingUp.run(() => this.#inTurn((opened) => this.#restore(opened, place, id))),
      startAnew: () => this.#backingUp.run(() => this.#inTurn((opened) => this.#startAnew(opened))),
      setSecondPlace: ({ folder }) => this.#backingUp.run(() => this.#result(() => this.#setSecondPlace(folder))),
    };
  }

  /** Waits for what is being written and lets the files go. */
  async close(): Promise<void> {
    await this.#backingUp.run(() => this.#serial.run(() => this.#shut()));
  }

  async #shut(): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    await opened?.journal.close();
  }

  async #open(): Promise<Opened> {
    if (this.#opened !== null) {
      if (this.#isSuperseded) return this.#opened;
      const isWhole = this.#opened.journal.broken?.byItself !== true;
      if (isWhole && (this.#writer.isClaimed || !(await this.#writer.claim(this.#opened.writer)))) return this.#opened;
      // Broken; or there is room again, and another program may have written since we read.
      await this.#shut();
    }
    await makePrivateFolder(this.#disk, this.#places.folder);
    await finishSwap(this.#disk, this.#places);
    await makePrivateFolder(this.#disk, this.#places.journal);
    const writer = await this.#writer.read();
    // First say that we are here, then read: what the program before us still writes, it writes before it notices, and we read it or notice it.
    // Without room to say it, what is here is read, and `#admitted` lets nothing be written.
    await this.#writer.claim(writer);
    const lineage = await this.#readLineage();
    const journal = await Journal.open(this.#disk, this.#places.journal, lineage.practiceId);
    const keys = await KeyFile.open(this.#disk, this.#places.journal);
    this.#opened = { journal, keys, lineage, writer };
    return this.#opened;
  }

  async #readLineage(): Promise<Lineage> {
    const kept = await this.#lineage(this.#places.journal).read();
    if (kept.kind === 'there') return kept.value;
    const fresh: Lineage = { practiceId: randomUUID(), lineage: randomUUID(), restored: null };
    await this.#lineage(this.#places.journal).write(fresh);
    return fresh;
  }

  async #openAnew(): Promise<ArchiveState> {
    this.#isSuperseded = false;
    await this.#shutWhatIsOld();
    return this.#stateOf(await this.#open());
  }

  async #state(): Promise<ArchiveState> {
    const successor = this.#opened === null ? null : await this.#writer.successorOf(this.#opened.writer.turn);
    if (this.#opened !== null && successor !== null) {
      this.#isSuperseded = true;
      return { ...(await this.#stateOf(this.#opened)), writerId: successor };
    }
    await this.#shutWhatIsOld();
    return this.#stateOf(await this.#open());
  }

  /** Whoever asks how it stands wants to know about the disk as it is now. */
  async #shutWhatIsOld(): Promise<void> {
    if (this.#opened === null) return;
    if (this.#opened.journal.broken !== null || isLost(await this.#writer.standing())) await this.#shut();
  }

  async #stateOf({ journal, keys, lineage, writer }: Opened): Promise<ArchiveState> {
    const header = await this.#header().read();
    return {
      lineage: lineage.lineage,
      restored: lineage.restored,
      writerId: writer.writerId,
      lastNumber: journal.lastNumber,
      gaps: journal.gaps,
      damaged: { lines: [...journal.damaged], keys: keys.damaged, header: header.kind === 'damaged' },
      cutBytes: journal.cutBytes,
      bytes: journal.bytes,
      freeBytes: await freeBytes(this.#disk, this.#places.journal),
      folder: this.#places.folder,
    };
  }

  async #takeOver(opened: Opened, writerId: string): Promise<Record<string, never>> {
    // It was compared with what may be old by now.
    if (isLost(await this.#writer.standing())) throw new Failed(supersededByProgram);
    const writer = { writerId, turn: randomUUID() };
    if (!(await this.#writer.claim(writer))) throw new Failed(noRoom);
    opened.writer = writer;
    return {};
  }

  /** Waits in no queue but the journal's own: what comes while the disk is busy goes in one piece. */
  async #append(argument: {
    writerId: string;
    lineage: string;
    entries: readonly ArchiveEntry[];
  }): Promise<Result<Record<string, never>>> {
    return this.#result(async () => {
      const current = this.#opened;
      const isAdmitted =
        current?.journal.broken === null &&
        current.writer.writerId === argument.writerId &&
        (await this.#writer.standing()) === 'ours';
      const opened = isAdmitted ? current : await this.#serial.run(() => this.#admitted(argument.writerId));
      if (argument.lineage !== opened.lineage.lineage)
        throw new Failed(failure('superseded', 'The journal was replaced by a backup.'));
      const refusal = await opened.journal.append(argument.entries);
      if (refusal !== null) throw new Failed(refusal);
      return {};
    });
  }

  /** What is open, for this browser profile to write. In turn only: it may have to be opened anew. */
  async #admitted(writerId: string): Promise<Opened> {
    const opened = await this.#open();
    if (opened.writer.writerId !== writerId)
      throw new Failed(failure('superseded', 'Another browser profile has taken over writing.'));
    const standing = await this.#writer.standing();
    if (standing === 'ours') return opened;
    if (standing === 'no-room') throw new Failed(noRoom);
    if (standing === 'gone') throw new Failed(failure('unreachable', 'The archive’s folder is gone.', 'ENOENT'));
    await this.#refuseSuperseded(opened);
    await this.#shut();
    // Opened anew, it may be another's by now, or there may be no room to say that it is ours.
    return this.#admitted(writerId);
  }

  /** Throws where another program's page has taken over. */
  async #refuseSuperseded(opened: Opened): Promise<void> {
    if ((await this.#writer.successorOf(opened.writer.turn)) === null) return;
    this.#isSuperseded = true;
    throw new Failed(supersededByProgram);
  }

  async #readHeader(): Promise<{ bytes: string | null }> {
    const kept = await this.#header().read();
    if (kept.kind === 'damaged') throw new Failed(failure('damaged', 'Both copies of the vault’s header changed.'));
    return { bytes: kept.kind === 'there' ? kept.value.bytes : null };
  }

  /** In both places; a place that fails doesn't keep the other from its backup. */
  async #backup(why: 'schedule' | 'asked'): Promise<Result<{ place: BackupPlace; made: Result<Backup> }[]>> {
    return this.#result(async () => {
      const snapshot = await this.#serial.run(async () => {
        const opened = await this.#open();
        await this.#refuseSuperseded(opened);
        return this.#snapshot(opened);
      });
      const second = await this.#secondFolder();
      const places: BackupPlace[] = second === null ? ['own'] : ['own', 'second'];
      const made: { place: BackupPlace; made: Result<Backup> }[] = [];
      for (const place of places)
        made.push({
          place,
          made: await this.#result(async () => {
            const folder = await this.#backupFolder(place);
            const at = this.#now();
            const { practiceId, lastNumber, sources } = snapshot;
            const backup = await folder.make({ practiceId, lastNumber, at: at.toISOString(), why }, sources);
            await folder.rotate(practiceId, at);
            return backup;
          }),
        });
      return made;
    });
  }

  /** What a backup is made of. The journal's files only grow: so many bytes of them stay what they are, whatever is appended meanwhile. */
  async #snapshot({ journal, keys }: Opened) {
    const header = await this.#header().read();
    const sources: BackupSource[] = [
      ...journal.files.map(({ number, bytes }) => {
        const name = journalFileName(number);
        return { name, path: join(this.#places.journal, name), bytes };
      }),
      {
        name: 'keys',
        content: formatKeys(new Map(keys.keys.map(({ id, wrapped }) => [id, wrapped])), new Set(keys.forgotten)),
      },
      ...(header.kind === 'there' ? [{ name: 'header', content: Buffer.from(header.value.bytes, 'base64') }] : []),
    ];
    return { practiceId: journal.practiceId, lastNumber: journal.lastNumber, sources };
  }

  async #placeStates(): Promise<BackupPlaceState[]> {
    const second = await this.#secondFolder();
    const describe = async (place: BackupPlace, folder: string): Promise<BackupPlaceState> => ({
      place,
      folder,
      freeBytes: await freeBytes(this.#disk, folder),
      backups: await this.#result(async () => (await this.#backupFolder(place)).list()),
    });
    const own = await describe('own', this.#places.backups);
    return second === null ? [own] : [own, await describe('second', second)];
  }

  async #restore(opened: Opened, place: BackupPlace, id: string): Promise<Record<string, never>> {
    await this.#refuseSuperseded(opened);
    const backup = await (await this.#backupFolder(place)).read(id);
    const at = await this.#keepBefore(opened);
    const files = new Map(backup.contents);
    const saved = files.get('header');
    files.delete('header');
    const kept = readKeys(files.get('keys') ?? Buffer.alloc(0));
    const forgotten = new Set([...kept.forgotten, ...opened.keys.forgotten]);
    files.set('keys', formatKeys(new Map([...kept.keys].filter(([key]) => !forgotten.has(key))), forgotten));
    // Users and passphrases stay as they are now, unless the backup is another practice's (a new computer) or nothing is left of them.
    const current = await this.#header().read();
    const isSamePractice = backup.manifest.practiceId === opened.journal.practiceId;
    const header = isSamePractice && current.kind === 'there' ? current.value.bytes : saved?.toString('base64');
    const lastNumber = opened.journal.lastNumber;
    await this.#shut();
    await swapJournal(this.#disk, this.#places, files, async (folder) => {
      if (header !== undefined) await this.#header(folder).write({ bytes: header });
      const { lineage, restored: earlier } = opened.lineage;
      const restored = { insteadOf: [lineage, ...(earlier?.insteadOf ?? [])], at, lastNumber };
      await this.#lineage(folder).write({ practiceId: backup.manifest.practiceId, lineage: randomUUID(), restored });
    });
    await this.#open();
    return {};
  }

  async #startAnew(opened: Opened): Promise<Record<string, never>> {
    await this.#refuseSuperseded(opened);
    await this.#keepBefore(opened);
    const { practiceId } = opened.journal;
    const header = await this.#header().read();
    const keys = new Map(opened.keys.keys.map(({ id, wrapped }) => [id, wrapped]));
    const files = new Map([['keys', formatKeys(keys, new Set(opened.keys.forgotten))]]);
    await this.#shut();
    await swapJournal(this.#disk, this.#places, files, async (folder) => {
      if (header.kind === 'there') await this.#header(folder).write(header.value);
      await this.#lineage(folder).write({ practiceId, lineage: randomUUID(), restored: null });
    });
    await this.#open();
    return {};
  }

  /** What stands there goes into a backup before anything takes its place. Returns when. */
  async #keepBefore(opened: Opened): Promise<string> {
    const at = this.#now().toISOString();
    const { practiceId, lastNumber, sources } = await this.#snapshot(opened);
    const folder = new BackupFolder(this.#disk, 'own', this.#places.backups);
    await folder.make({ practiceId, lastNumber, at, why: 'before-restore' }, sources);
    return at;
  }

  async #setSecondPlace(folder: string | null): Promise<Record<string, never>> {
    if (folder !== null) {
      if (!isAbsolute(folder)) throw new Failed(failure('refused', 'The path has to be absolute.'));
      await tryFolder(this.#disk, join(folder, this.#secondPlaceName));
    }
    await makePrivateFolder(this.#disk, this.#places.folder);
    await this.#secondPlace().write({ folder });
    return {};
  }

  async #secondFolder(): Promise<string | null> {
    const kept = await this.#secondPlace().read();
    return kept.kind === 'there' && kept.value.folder !== null ? join(kept.value.folder, this.#secondPlaceName) : null;
  }

  async #backupFolder(place: BackupPlace): Promise<BackupFolder> {
    const folder = place === 'own' ? this.#places.backups : await this.#secondFolder();
    if (folder === null) throw new Failed(failure('refused', 'There is no second place.'));
    // A stick that isn't in: its folder would be made where nobody looks for it.
    if (place === 'second' && !(await isThere(this.#disk, folder)))
      throw new Failed(failure('unreachable', `${folder} is not there.`, 'ENOENT'));
    return new BackupFolder(this.#disk, place, folder);
  }

  #header(folder = this.#places.journal) {
    return new CheckedFile(this.#disk, join(folder, 'header'), headerSchema);
  }
  #lineage(folder: string) {
    return new CheckedFile(this.#disk, join(folder, 'lineage'), lineageSchema);
  }
  #secondPlace() {
    return new CheckedFile(this.#disk, join(this.#places.folder, 'second-place'), secondPlaceSchema);
  }

  #inTurn<T>(work: (opened: Opened) => Promise<T>): Promise<Result<T>> {
    return this.#serial.run(() => this.#result(async () => work(await this.#open())));
  }

  async #result<T>(work: () => Promise<T>): Promise<Result<T>> {
    try {
      return ok(await work());
    } catch (error) {
      const found: Failure = error instanceof Failed ? error.failure : diskFailure(error);
      return { kind: 'failed', failure: found };
    }
  }
}

/** What was read may be old by now. */
const isLost = (claim: Awaited<ReturnType<WriterFile['standing']>>) => claim === 'gone' || claim === 'others';
const supersededByProgram = failure('superseded', 'Another program has taken over this folder.');
const noRoom = failure('full', 'There is no room to say that this program writes here.', 'ENOSPC');
