import { createServer } from 'node:http';
import type { Faults } from '../contract/rehearsal';
import type { Identity } from './authority';
import { openFront } from './front';
import type { WorldPayer } from './mail-service';

/** The world's TI-Lagebild: gematik's interface with what this world's faults make of it. */
export interface LagebildServer {
  readonly port: number;
  setFaults(faults: Faults): void;
  stop(): Promise<void>;
}

/** gematik probes at :00, :05, :10 … */
const probeMinutes = 5;
/** When it is not brought up to date any more, the rows are as old as this. */
const staleMinutes = 40;

/** One component as `v1/tilage/bu/PU` reports it. */
interface Component {
  readonly ci: string;
  readonly tid: string;
  readonly pdt: string;
  readonly organization: string;
  readonly product: string;
  readonly isDown: (faults: Faults) => boolean;
}

const central: readonly Component[] = [
  component(1, 'Übungs-KIM-Betrieb GmbH', 'Fachdienst KIM', ({ smtp, pop3 }) => isOut(smtp) || isOut(pop3)),
  component(2, 'Übungsverzeichnis AG', 'Verzeichnisdienst (VZD)', ({ directory }) => directory !== 'none'),
  component(3, 'Übungszugang GmbH', 'VPN-Zugangsdienst', () => false),
  component(4, 'Übungsakte AG', 'ePA-Aktensystem', () => false),
  component(5, 'Übungsrezept GmbH', 'E-Rezept-Fachdienst', () => false),
  component(6, 'Übungsausweis GmbH', 'Identity Provider (IDP)', () => false),
];

/** Opens the interface on a free loopback port: `/lageapi/v2/tilage` and its kin. */
export async function startLagebild(options: {
  identity: Identity;
  payers: () => readonly WorldPayer[];
  faults: Faults;
  now: () => Date;
}): Promise<LagebildServer> {
  let faults = options.faults;
  let changedAt = options.now();
  const server = createServer((request, response) => {
    request.on('error', () => undefined);
    const answer = request.method === 'GET' ? answerTo(request.url ?? '') : null;
    const body = faults.lagebild === 'malformed' ? '<html>Wartung</html>' : JSON.stringify(answer);
    response.writeHead(answer === null ? 404 : 200, { 'content-type': 'application/json', connection: 'close' });
    response.end(answer === null ? '' : body);
  });
  const front = await openFront(options.identity, (socket) => {
    server.emit('connection', socket);
  });

  const components = (): Component[] => {
    const providers = [...new Set(options.payers().map(({ provider }) => provider))];
    return [
      ...central,
      ...providers.map((provider, index) =>
        component(100 + index, provider, 'Fachdienste VSDM (UFS)', (now) =>
          now.providers.some((one) => one.provider === provider),
        ),
      ),
    ];
  };
  const isDown = (one: Component) => faults.everything || one.isDown(faults);

  const answerTo = (url: string): unknown => {
    switch (url.replace(/^\/lageapi\//, '')) {
      case 'v1/tilage/bu/PU':
        return components().map((one) => ({
          time: probedAt(options.now(), faults).toISOString(),
          ci: one.ci,
          tid: one.tid,
          bu: 'PU',
          organization: one.organization,
          pdt: one.pdt,
          product: one.product,
          availability: isDown(one) ? 0 : 1,
          comment: null,
          name: `${one.product} ${one.organization}`,
        }));
      case 'v2/tilage':
        return {
          appStatus: judgement(components().filter(isDown), faults),
          cause: causes(components().filter(isDown)),
        };
      case 'v1/tistatus/incident':
        return faults.providers.map(({ provider }, index) => ({
          id: `UEB-${index + 1}`,
          title: `Störung der Annahmestelle ${provider}`,
          description: 'Nachrichten an angeschlossene Krankenkassen kommen nicht an. Die Ursache wird gesucht.',
          startTime: changedAt.toISOString(),
        }));
      case 'v1/tistatus/outage':
        return faults.everything
          ? [
              {
                id: 'UEB-ALLES',
                title: 'Ausfall der Telematikinfrastruktur (Übung)',
                description: 'Alle Dienste sind nicht erreichbar.',
                startTime: changedAt.toISOString(),
              },
            ]
          : [];
      default:
        return null;
    }
  };

  return {
    port: front.port,
    setFaults: (next) => {
      faults = next;
      changedAt = options.now();
      front.setDown(next.lagebild === 'down');
    },
    stop: () => front.stop(),
  };
}

function component(number: number, organization: string, product: string, isDown: Component['isDown']): Component {
  const padded = String(number).padStart(7, '0');
  return { ci: `CI-${padded}`, tid: `UEB${padded}`, pdt: `PDT${number}`, organization, product, isDown };
}

function isOut(fault: Faults['smtp'] | Faults['pop3']): boolean {
  return fault === 'down' || fault === 'stall' || fault === 'refuse-temporary' || fault === 'refuse-permanent';
}

function probedAt(now: Date, { lagebild }: Faults): Date {
  const behind = lagebild === 'stale' ? staleMinutes * 60_000 : 0;
  const step = probeMinutes * 60_000;
  return new Date(Math.floor((now.getTime() - behind) / step) * step);
}

/** Each service with what it needs; KIM is partly out where an intake can't be reached. */
function judgement(down: readonly Component[], { everything }: Faults): Record<string, unknown> {
  const isAnyDown = (product: string) => down.some((one) => one.product === product);
  const state = (isFull: boolean, isPartial: boolean) => (isFull ? 'full' : isPartial ? 'partial' : 'none');
  const outages: Record<string, string> = {
    kim: state(everything || isAnyDown('Fachdienst KIM'), isAnyDown('Verzeichnisdienst (VZD)')),
    epa: state(everything, false),
    vsdm: state(everything, isAnyDown('Fachdienste VSDM (UFS)')),
    erezept: state(everything, false),
    wanda: state(everything, false),
    odg: state(everything, false),
  };
  return Object.fromEntries(
    Object.entries(outages).map(([service, outage]) => [
      service,
      {
        outage,
        hasMaintenance: false,
        hasSubComponentMaintenance: false,
        affectedFunctions:
          outage === 'none'
            ? []
            : [
                {
                  function: service === 'kim' ? 'KIM-Nachricht senden' : 'Dienst nutzen',
                  critical: 1,
                  impactDesc: outage === 'full' ? 'Nicht möglich' : 'Nur eingeschränkt möglich',
                  outage,
                  hasMaintenance: false,
                },
              ],
      },
    ]),
  );
}

function causes(down: readonly Component[]): unknown[] {
  return down.map(({ ci, organization, product }) => ({
    ci,
    component: '*',
    service: product,
    organization,
    function: '*',
  }));
}
