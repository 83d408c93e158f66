import type { Host } from '../../electron/contract/host';
import type { Connections } from '../../electron/contract/connections';
import type { LagebildConnection } from '../../electron/contract/lagebild';
import { z } from 'zod';
import type { Clock } from '../domain/clock';
import type { Setup, Store } from '../store/store';
import {
  certificateLookSchema,
  certificateWarningsOf,
  isLookDue,
  lookOf,
  type CertificateWarning,
} from './certificate-watch';
import { lagebildLookSchema, nextLookAt, rowOf, wordOf, type LagebildLook, type LagebildWord } from './lagebild';
import {
  dismissedSchema,
  endOffersOf,
  probingSchema,
  proposalsOf,
  type EndOffer,
  type Probing,
  type Proposal,
} from './proposals';
import type { RestorationView } from './restoration';

/** Two looks at the TI-Lagebild, and two rounds of own probes, are at least so far apart, in all windows together. */
const lookMinutes = 5;
const probeMinutes = 10;
/** A connector that doesn't answer is asked about certificates again so much later. */
const certificateMinutes = 60;
/** A timer may come a little early. */
const slack = 5_000;
const minute = 60_000;
const historyDays = 14;

const keys = {
  look: 'lagebild',
  probing: 'probing',
  dismissed: 'dismissed',
  asked: 'lagebild-asked',
  certificates: 'certificates',
  certificatesAsked: 'certificates-asked',
} as const;
/** When somebody asked last, and whom, where that can change. */
const askedSchema = z.object({ at: z.string(), of: z.string().default('') });

/** All that the program has noticed by itself. Nothing of it is declared before the user says so. */
export interface Noticing {
  readonly lagebild: LagebildWord;
  readonly proposals: readonly Proposal[];
  readonly endOffers: readonly EndOffer[];
  /** Our own probes' last round; `null`: none was needed. */
  readonly probing: Probing | null;
  /** Certificates of connector, terminals and cards that somebody has to do something about, most urgent first. */
  readonly certificates: readonly CertificateWarning[];
}

/**
 * Looks around by itself (P6-03): at gematik's TI-Lagebild where the practice wants it, and during an outage of everything or of this practice
 * with own probes, by the same checks as «Verbindungen». Failures are silent. Everything it finds is in the store.
 */
export class Watching {
  readonly #means: { store: Store; host: Host; clock: Clock };
  /** This start's own delay, so that not all practices ask in the same second. */
  readonly #share: number;

  constructor(means: { store: Store; host: Host; clock: Clock }, share: number) {
    this.#means = means;
    this.#share = share;
  }

  /** Does what is due. Returns how many milliseconds there is nothing to do. */
  async turn(setup: Setup): Promise<number> {
    const { clock } = this.#means;
    const waits = [lookMinutes * minute];
    if (setup.settings.noticing.lagebild) {
      await this.#look(setup);
      waits.push(nextLookAt(clock.now(), this.#share).getTime() - clock.now().getTime());
    }
    if (setup.settings.noticing.probes) waits.push(await this.#probe(setup));
    await this.#inspect(setup);
    return Math.max(slack, Math.min(...waits));
  }

  /** What is known now. `restoration` tells of failed receipts. */
  async noticing(setup: Setup, restoration: RestorationView): Promise<Noticing> {
    const { store, clock } = this.#means;
    const now = clock.now();
    const [outages, payers, history, look, probing, dismissed, certificates] = await Promise.all([
      store.outages(),
      store.payers(),
      this.history(),
      store.noticing.recall(keys.look, lagebildLookSchema),
      store.noticing.recall(keys.probing, probingSchema),
      store.noticing.recall(keys.dismissed, dismissedSchema),
      store.noticing.recall(keys.certificates, certificateLookSchema),
    ]);
    const lagebild: LagebildWord = setup.settings.noticing.lagebild
      ? wordOf(look, now)
      : { kind: 'no-word', why: 'off', askedAt: null };
    const suspects = restoration.payers;
    const known = { outages, payers, lagebild, history, probing, dismissed: dismissed ?? {} };
    return {
      lagebild,
      proposals: proposalsOf({ ...known, suspects }),
      endOffers: endOffersOf(known),
      probing,
      certificates: certificateWarningsOf(certificates, now),
    };
  }

  /** What the TI-Lagebild said in the last 14 days, oldest first. */
  async history() {
    const { store, clock } = this.#means;
    return store.noticing.lagebildSince(new Date(clock.now().getTime() - historyDays * 86_400_000));
  }

  /** The user says «not now»: it comes again only with more that speaks for it. */
  async dismiss(what: Proposal | EndOffer): Promise<void> {
    const said = {
      at: this.#means.clock.now().toISOString(),
      evidence: 'evidence' in what ? what.evidence : null,
    };
    await this.#means.store.noticing.change(keys.dismissed, dismissedSchema, (known) => ({
      value: { ...known, [what.key]: said },
      result: null,
    }));
  }

  async #look(setup: Setup): Promise<void> {
    const { store, clock } = this.#means;
    const isMine = await this.#claim(keys.asked, lookMinutes);
    if (!isMine) return;
    const askedAt = clock.now().toISOString();
    const look: LagebildLook = { askedAt, found: await this.#read(setup) };
    await store.noticing.remember(keys.look, look);
    const word = wordOf(look, clock.now());
    if (word.kind === 'word') await store.noticing.saveLagebild(rowOf(word));
  }

  async #read(setup: Setup): Promise<LagebildLook['found']> {
    const { host } = this.#means;
    try {
      return await host.lagebild.read({ connection: await this.#lagebildConnection(setup) });
    } catch (error) {
      return { kind: 'failed', failure: { reason: 'unreachable', code: null, text: String(error) } };
    }
  }

  async #lagebildConnection({ settings }: Setup): Promise<LagebildConnection> {
    if (settings.mode === 'rehearsal') return (await this.#means.host.rehearsal.start({})).lagebild;
    return { base: settings.noticing.lagebildBase, trust: { authorities: [] } };
  }

  async #probe({ connections }: Setup): Promise<number> {
    const { store, clock } = this.#means;
    const running = (await store.outages()).some(
      ({ endedAt, scope }) => endedAt === null && (scope.kind === 'all' || scope.kind === 'practice'),
    );
    if (!running) {
      await store.noticing.forget(keys.probing);
      return lookMinutes * minute;
    }
    // A fifth more or less, by this start's own share.
    const pause = probeMinutes * minute * (0.8 + 0.4 * this.#share);
    const before = await store.noticing.recall(keys.probing, probingSchema);
    const waited = before === null ? Infinity : clock.now().getTime() - new Date(before.at).getTime();
    if (waited < pause - slack) return pause - waited;
    const components = await probeAll(this.#means.host, connections);
    const at = clock.now().toISOString();
    const found = Object.values(components);
    const allWell = found.includes('answers') && !found.includes('fails');
    const probing: Probing = { at, components, allWellSince: allWell ? (before?.allWellSince ?? at) : null };
    await store.noticing.remember(keys.probing, probing);
    return pause;
  }

  /** Looks at the certificates once a day, quietly: a connector that doesn't answer is another matter. */
  async #inspect({ connections }: Setup): Promise<void> {
    const { store, clock } = this.#means;
    const { endpoint } = connections.connector;
    if (isNobody(endpoint)) return;
    const look = await store.noticing.recall(keys.certificates, certificateLookSchema);
    if (!isLookDue(look, endpoint, clock.now())) return;
    const isMine = await this.#claim(keys.certificatesAsked, certificateMinutes, endpoint);
    if (isMine) await this.inspectNow(connections);
  }

  /** Asks the connector about the certificates now, and keeps what it says; what was said before stays where it says nothing. */
  async inspectNow({ connector }: Connections): Promise<void> {
    const { store, host, clock } = this.#means;
    const found = await host.connector.certificates({ connection: connector }).catch(() => null);
    if (found?.kind === 'ok')
      await store.noticing.remember(keys.certificates, lookOf(found.value, connector.endpoint, clock.now()));
  }

  /** Whether it is this window's turn to ask: the first that comes after so many minutes. */
  async #claim(key: string, minutes: number, of = ''): Promise<boolean> {
    const now = this.#means.clock.now();
    return this.#means.store.noticing.change(key, askedSchema, (known) => {
      const waited = known === null ? Infinity : Math.abs(now.getTime() - new Date(known.at).getTime());
      return known?.of === of && waited < minutes * minute - slack
        ? { value: known, result: false }
        : { value: { at: now.toISOString(), of }, result: true };
    });
  }
}

/** Asks every component, by the same checks as the screen «Verbindungen», one after another: there is no hurry. */
async function probeAll(host: Host, connections: Connections): Promise<Probing['components']> {
  const { connector, mail, directory } = connections;
  const questions = {
    connector: [connector.endpoint, () => host.connector.check({ connection: connector })],
    directory: [directory.host, () => host.directory.check({ connection: directory })],
    sending: [mail.smtp.host, () => host.mail.checkSubmission({ account: mail })],
    mailbox: [mail.pop3.host, () => host.mail.checkMailbox({ account: mail })],
  } as const;
  const found: Probing['components'] = {};
  for (const [name, [address, ask]] of Object.entries(questions)) {
    found[name] = isNobody(address) ? 'not-entered' : await answers(ask);
  }
  return found;
}

async function answers(ask: () => Promise<{ kind: 'ok' | 'failed' }>): Promise<'answers' | 'fails'> {
  try {
    return (await ask()).kind === 'ok' ? 'answers' : 'fails';
  } catch {
    // A broken line between page and host: nothing was heard, and a probe that hears nothing is silent (P6-03).
    return 'fails';
  }
}

/** Addresses under `.invalid` are known not to exist (RFC 6761): nobody has entered yet how to reach this component. */
function isNobody(address: string): boolean {
  return /\.invalid(:\d+)?$/.test(address);
}
