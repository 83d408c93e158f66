import { v5 as uuidV5 } from 'uuid';
import type { Connections } from '../contract/connections';
import { noFaults, type Faults, type RehearsalWorld } from '../contract/rehearsal';
import type { Handlers } from '../contract/serve';
import { createAuthority, type Authority } from './authority';
import { CardTerminal } from './cards';
import { startConnector, type Connector } from './connector';
import { diagnoses } from './diagnoses';
import { directoryBase, startDirectory, type Directory } from './directory';
import { startLagebild } from './lagebild';
import { insurerFile } from './insurer-file';
import { MailService } from './mail-service';
import { Mailbox } from './mailbox';
import { patients, payers as ownPayers, practice, practitioner } from './people';
import { startPop3, type Pop3Server } from './pop3';
import { startSmtp, type SmtpServer } from './smtp';

export interface RehearsalOptions {
  /** The simulated clock; the machine's unless said otherwise. */
  readonly clock?: { now(): Date };
  /** Makes one world different from another: ids of messages and answers, and when unrelated mail comes. */
  readonly seed?: number;
  /** Told what happens, one line each. */
  readonly log?: (line: string) => void;
}

export interface Rehearsal {
  readonly handlers: Handlers['rehearsal'];
  /** Stops everything that was started; may be called at any time, more than once. */
  stop(): Promise<void>;
}

/** Namespace of the world's UUIDs. */
const namespace = '5b0f6a0e-6c7e-5b52-9a0b-0e8b3f6c1d7a';
const kimService = 'uebung.kim.telematik';

/**
 * Makes the built-in outside world: a connector with cards, a KIM client module (SMTP and POP3), the directory of KIM addresses, and
 * insurers that take messages apart and answer. Nothing listens before `start`, and then on 127.0.0.1 only.
 */
export function createRehearsal(options: RehearsalOptions = {}): Rehearsal {
  let running: Promise<RunningWorld> | null = null;
  const world = async (): Promise<RunningWorld> => {
    running ??= startWorld(options);
    return running;
  };
  return {
    handlers: {
      start: async () => (await world()).describe(),
      insertCards: async ({ holders }) => {
        const { terminal } = await world();
        for (const holder of holders) terminal.insertProfessionalCard(holder);
        return {};
      },
      addPayers: async ({ payers }) => {
        const { mailService } = await world();
        for (const payer of payers) mailService.addPayer(payer);
        return {};
      },
      setFaults: async (faults) => {
        (await world()).setFaults(faults);
        return {};
      },
      received: async ({ from }) => (await world()).mailService.received(from),
    },
    stop: async () => {
      const stopping = running;
      running = null;
      if (stopping !== null) await (await stopping).stop();
    },
  };
}

interface RunningWorld {
  readonly terminal: CardTerminal;
  readonly mailService: MailService;
  describe(): RehearsalWorld;
  setFaults(faults: Faults): void;
  stop(): Promise<void>;
}

async function startWorld(options: RehearsalOptions): Promise<RunningWorld> {
  const now = (): Date => options.clock?.now() ?? new Date();
  const seed = options.seed ?? 1;
  const log = options.log ?? (() => undefined);

  const servers = createAuthority('Übungswelt Server', now());
  const cards = createAuthority('Übungswelt Karten', now());
  const identity = servers.issue({ country: 'DE', commonName: 'localhost' }, 'server');
  const terminal = new CardTerminal(cards, now);
  terminal.insertPracticeCard(practice.name);
  terminal.insertProfessionalCard({ ...practitioner, number: practitioner.lanr });

  const mailbox = new Mailbox(uuidV5(`mailbox/${seed}`, namespace));
  let answers = 0;
  const mailService = new MailService({
    cards,
    mailbox,
    service: kimService,
    practiceAddress: `praxis@${kimService}`,
    seed,
    now,
    log,
    nextId: () => {
      answers += 1;
      return uuidV5(`answer/${seed}/${answers}`, namespace);
    },
  });
  for (const payer of ownPayers) mailService.addPayer(payer);

  const base = baseConnections(servers, cards);
  const connector = await startConnector({
    identity,
    terminal,
    context: base.connector.context,
    authentication: base.connector.authentication,
    now,
  });
  const account = (): Connections['mail'] => base.mail;
  const smtp = await startSmtp({
    identity,
    account,
    isRecipient: (address) => mailService.isRecipient(address),
    deliver: (submission) => mailService.deliver(submission),
  });
  const pop3 = await startPop3({ identity, account, mailbox });
  const directory = await startDirectory({ identity, entries: () => mailService.directoryEntries() });
  const lagebild = await startLagebild({ identity, payers: () => mailService.payers(), faults: noFaults, now });
  log('rehearsal world started');
  const doors: Doors = { connector, smtp, pop3, directory };

  return {
    terminal,
    mailService,
    describe: () => ({
      connections: withPorts(base, doors),
      lagebild: { base: `https://127.0.0.1:${lagebild.port}/lageapi`, trust: base.mail.trust },
      practice,
      practitioner,
      patients: [...patients],
      payers: [...ownPayers],
      insurerFile: insurerFile().toString('base64'),
      diagnoses,
    }),
    setFaults: (faults) => {
      applyFaults(faults, doors);
      mailService.setFaults(faults);
      lagebild.setFaults(faults);
      log(`faults: ${JSON.stringify(faults)}`);
    },
    stop: async () => {
      await Promise.all([connector.stop(), smtp.stop(), pop3.stop(), directory.stop(), lagebild.stop()]);
      log('rehearsal world stopped');
    },
  };
}

interface Doors {
  readonly connector: Connector;
  readonly smtp: SmtpServer;
  readonly pop3: Pop3Server;
  readonly directory: Directory;
}

function applyFaults(faults: Faults, doors: Doors): void {
  const all = faults.everything;
  doors.connector.setFault(all ? 'down' : faults.connector);
  doors.smtp.setFault(all ? 'down' : faults.smtp);
  doors.pop3.setFault(all ? 'down' : faults.pop3);
  doors.directory.setFault(all ? 'down' : faults.directory);
}

/** How to reach the world, ports still missing. */
function baseConnections(servers: Authority, cards: Authority): Connections {
  const context = { mandantId: 'Uebung', clientSystemId: 'Ersatzschein', workplaceId: 'Anmeldung', userId: 'Uebender' };
  const trust = { authorities: [servers.pem] };
  const mailServer = {
    host: '127.0.0.1',
    port: 1,
    security: 'tls',
    withContext: true,
    password: 'uebung',
  } as const;
  return {
    connector: {
      endpoint: 'https://127.0.0.1:1',
      trust,
      authentication: { kind: 'password', user: 'uebung', password: 'uebung' },
      context,
      cardAuthorities: [cards.pem],
    },
    mail: {
      address: `praxis@${kimService}`,
      smtp: { ...mailServer, service: { host: `mail.${kimService}`, port: 465 } },
      pop3: { ...mailServer, service: { host: `mail.${kimService}`, port: 995 } },
      context: { ...context, connectorId: null },
      trust,
    },
    directory: { host: '127.0.0.1', port: 1, trust, baseDn: directoryBase, login: null },
  };
}

function withPorts(base: Connections, doors: Doors): Connections {
  return {
    connector: { ...base.connector, endpoint: `https://127.0.0.1:${doors.connector.port}` },
    mail: {
      ...base.mail,
      smtp: { ...base.mail.smtp, port: doors.smtp.port },
      pop3: { ...base.mail.pop3, port: doors.pop3.port },
    },
    directory: { ...base.directory, port: doors.directory.port },
  };
}
