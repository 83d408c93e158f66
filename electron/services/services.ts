import { join } from 'node:path';
import type { Handlers } from '../contract/serve';
import { Archive } from './archive/archive';
import { noArchive } from './archive/no-archive';
import { Batches, documentOf } from './connector/batches';
import { openCades } from './connector/cms';
import { ComfortSessions } from './connector/comfort';
import { cardsOf, certificatesOf, checkConnector, switchComfort, unlockCard } from './connector/connector';
import { signDocuments } from './connector/sign';
import { failure } from './failure';
import { readLagebild } from './lagebild/lagebild';
import { checkDirectory, findAddresses } from './directory/find';
import { checkMailbox, collect } from './mail/collect';
import { pop3Timeouts, type Pop3Timeouts } from './mail/pop3';
import type { SmtpTimeouts } from './mail/smtp';
import { smtpTimeouts, Submitter } from './mail/submit';
import type { Patience } from './printing/cups-job';
import { listPrinters, printPdf } from './printing/printing';

export interface ServicesOptions {
  /** When is it? Certificates are judged by it. */
  readonly clock?: { now(): Date };
  /** Where the folder printer writes; `null`: there is none. */
  readonly printFolder: string | null;
  /** Where journal, keys and backups are kept; `null` or left out: nowhere. */
  readonly dataFolder?: string | null;
  /** Takes technical lines; they name hosts, codes and message ids, never a person. */
  readonly log?: (line: string) => void;
  /** Other time-outs than the usual ones, for tests. */
  readonly timeouts?: { readonly smtp?: SmtpTimeouts; readonly pop3?: Pop3Timeouts; readonly printing?: Patience };
}

export type Services = Pick<
  Handlers,
  'mail' | 'connector' | 'directory' | 'lagebild' | 'printing' | 'archive' | 'liveArchive'
> & {
  /** Finishes what is under way, tells the connector to stop, closes every connection. */
  close(): Promise<void>;
};

/** The host services behind the contract's groups but `host` and `rehearsal`. They know no Electron and no certificate. */
export function createServices(options: ServicesOptions): Services {
  const now = () => (options.clock === undefined ? new Date() : options.clock.now());
  const log = options.log ?? (() => undefined);
  const pop3 = options.timeouts?.pop3 ?? pop3Timeouts;
  const submitter = new Submitter(options.timeouts?.smtp ?? smtpTimeouts);
  const closing = new AbortController();
  const comfort = new ComfortSessions();
  const batches = new Batches();
  const stumbled = new Set<string>();
  /** Each with what tells it to stop. */
  const signing = new Map<Promise<unknown>, AbortController>();
  const dataFolder = options.dataFolder ?? null;
  const rehearsal = dataFolder === null ? null : new Archive({ folder: dataFolder, kind: 'rehearsal', now });
  const live = dataFolder === null ? null : new Archive({ folder: join(dataFolder, 'live'), kind: 'live', now });
  return {
    archive: rehearsal?.handlers ?? noArchive(),
    liveArchive: live?.handlers ?? noArchive(),
    mail: {
      submit: ({ account, mail }) => submitter.submit(account, mail),
      collect: ({ account, knownUids, limit, witnessUids = [] }) =>
        collect(account, knownUids, limit, pop3, log, stumbled, witnessUids),
      checkSubmission: ({ account }) => submitter.check(account),
      checkMailbox: ({ account }) => checkMailbox(account, pop3),
    },
    connector: {
      handOver: ({ batch, documents }) => {
        batches.handOver(batch, documents.map(documentOf));
        return Promise.resolve({});
      },
      outcomes: ({ batch }) => Promise.resolve(batches.nextOutcomes(batch)),
      sign: async ({ connection, card, batch = null, documents }) => {
        const before = batch === null ? [] : batches.takeDocuments(batch);
        if (before === null) return { kind: 'failed', failure: failure('protocol', 'What was handed over is gone.') };
        const contents = [...before, ...documents.map(documentOf)];
        const stop = new AbortController();
        const job = signDocuments(connection, card, contents, now, comfort, {
          stop: stop.signal,
          close: closing.signal,
        });
        signing.set(job, stop);
        const signed = await job.finally(() => signing.delete(job));
        if (signed.kind === 'failed' || batch === null) return signed;
        batches.keepOutcomes(batch, signed.value);
        return { kind: 'ok', value: batches.nextOutcomes(batch) };
      },
      stopSigning: () => {
        for (const stop of signing.values()) stop.abort();
        return Promise.resolve({});
      },
      openSigned: ({ connection, signed }) =>
        Promise.resolve(openCades(Buffer.from(signed, 'base64'), connection.cardAuthorities, now())),
      cards: ({ connection }) => cardsOf(connection, comfort, closing.signal),
      certificates: ({ connection }) => certificatesOf(connection, comfort, closing.signal),
      unlock: ({ connection, iccsn }) => unlockCard(connection, iccsn, closing.signal),
      startComfort: ({ connection, iccsn }) => switchComfort(connection, comfort, iccsn, true, closing.signal),
      endComfort: ({ connection, iccsn }) => switchComfort(connection, comfort, iccsn, false, closing.signal),
      check: ({ connection }) => checkConnector(connection, closing.signal),
    },
    directory: {
      find: ({ connection, payerIks }) => findAddresses(connection, payerIks),
      check: ({ connection }) => checkDirectory(connection),
    },
    lagebild: { read: ({ connection }) => readLagebild(connection, closing.signal) },
    printing: {
      printers: () => listPrinters(options.printFolder, log),
      print: ({ printerId, tray = null, paper, jobName, pdf }) =>
        printPdf(
          options.printFolder,
          { printerId, tray, paper, jobName, pdf: Buffer.from(pdf, 'base64') },
          options.timeouts?.printing,
        ),
    },
    close: async () => {
      closing.abort();
      await Promise.allSettled(signing.keys());
      await submitter.close();
      await rehearsal?.close();
      await live?.close();
    },
  };
}
