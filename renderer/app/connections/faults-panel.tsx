import { useEffect, useEffectEvent, useState } from 'react';
import { faultsSchema, noFaults, type Faults as WorldFaults } from '../../../electron/contract/rehearsal';
import {
  Button,
  Notice,
  providerName,
  Select,
  Tag,
  Toggle,
  useLive,
  useMinute,
  useOffice,
  useSetup,
  useTexts,
} from '../parts';
import { useKept } from '../parts/kept';
import { providersOf } from '../outages/scope';
import { countAnswered, faultCount, faultsInForce, putFaults } from './faults-in-force';

const doors = ['connector', 'directory', 'smtp', 'pop3', 'lagebild'] as const;
const options = {
  connector: faultsSchema.shape.connector.options,
  smtp: faultsSchema.shape.smtp.options,
  pop3: faultsSchema.shape.pop3.options,
  directory: faultsSchema.shape.directory.options,
  lagebild: faultsSchema.shape.lagebild.options,
} as const;
const modes = ['vanish', 'bounce'] as const;
/** Insurers' codes for certificates, the malware warning, and an error of the KIM service itself. */
const codes = ['100', '101', '103', '201', '202', '307', '101-malware', '4014'] as const;

/** «Störungen einspielen»: breaks the rehearsal world, so that a practice can drill. Never there in live mode. */
export function FaultsPanel() {
  const t = useTexts();
  const office = useOffice();
  const minute = useMinute();
  const { connections } = useSetup();
  const inForce = faultsInForce(office, connections.connector.endpoint);
  const { faults } = useKept(inForce);
  const payers = useLive(() => office.store.payers());
  const [trouble, setTrouble] = useState<string | null>(null);
  const count = faultCount(faults);

  const attempt = (work: Promise<void>) => {
    setTrouble(null);
    work.catch((error: unknown) => setTrouble(String(error)));
  };
  const put = (change: (now: WorldFaults) => WorldFaults) => attempt(putFaults(office, inForce, change));
  const recount = useEffectEvent(() => {
    if (faults.insurerErrors.length === 0) return;
    countAnswered(office, inForce).catch((error: unknown) => setTrouble(String(error)));
  });
  useEffect(() => recount(), [minute]);

  return (
    <section className="card faults" aria-label={t('connections.faults.title')}>
      <div className="card-head">
        <h2 className="card-title">{t('connections.faults.title')}</h2>
        {count > 0 ? (
          <span className="faults-count">
            <Tag kind="accent">{t('connections.faults.count', { count })}</Tag>
            <Button size="small" onPress={() => put(() => noFaults)}>
              {t('connections.faults.heal')}
            </Button>
          </span>
        ) : null}
      </div>
      <p className="soft">{t('connections.faults.words')}</p>
      {trouble === null ? null : (
        <Notice kind="error" assertive>
          {t('connections.faults.cannot', { text: trouble })}
        </Notice>
      )}
      <div className="faults-all">
        <Toggle
          label={t('connections.faults.everything')}
          isOn={faults.everything}
          onChange={(everything) => put((now) => ({ ...now, everything }))}
        />
      </div>
      <div className="row">
        {doors.map((door) => (
          <Select
            key={door}
            label={t(`connections.faults.door.${door}`)}
            options={options[door].map((fault) => ({
              key: fault,
              label: t.lookUp('connections', `fault-${door}-${fault}`) ?? fault,
            }))}
            value={faults[door]}
            onChange={(fault) => put((now) => withDoor(now, door, fault))}
            placeholder=""
            isDisabled={faults.everything}
            span={3}
          />
        ))}
      </div>
      <Providers faults={faults} payers={payers.kind === 'ready' ? payers.value : []} put={put} />
      <InsurerErrors faults={faults} payers={payers.kind === 'ready' ? payers.value : []} put={put} />
    </section>
  );
}

type Put = (change: (now: WorldFaults) => WorldFaults) => void;
interface ListProps {
  faults: WorldFaults;
  payers: Parameters<typeof providersOf>[0];
  put: Put;
}

function Providers({ faults, payers, put }: ListProps) {
  const t = useTexts();
  const [provider, setProvider] = useState<string | null>(null);
  const [mode, setMode] = useState<(typeof modes)[number]>('bounce');
  const free = providersOf(payers).filter((one) => !faults.providers.some((down) => down.provider === one.provider));
  const chosen = free.find((one) => one.provider === provider) ?? null;
  const add = () => {
    if (chosen === null) return;
    put((now) => ({ ...now, providers: [...now.providers, { provider: chosen.provider, mode }] }));
    setProvider(null);
  };
  return (
    <>
      <div className="row fault-adder">
        <Select
          label={t('connections.faults.provider')}
          options={free.map((one) => ({
            key: one.provider,
            label: t('outageScopes.provider', { provider: providerName(one.provider), count: one.count }),
          }))}
          value={chosen?.provider ?? null}
          onChange={setProvider}
          placeholder={t('connections.faults.choose')}
          isDisabled={free.length === 0}
          span={5}
        />
        <Select
          label={t('connections.faults.mode')}
          options={modes.map((key) => ({ key, label: t(`connections.faults.modes.${key}`) }))}
          value={mode}
          onChange={setMode}
          placeholder=""
          span={5}
        />
        <div className="span-2 fault-button">
          <Button onPress={add} isDisabled={chosen === null} wide>
            {t('connections.faults.add')}
          </Button>
        </div>
      </div>
      <ul className="fault-list">
        {faults.providers.map((down) => (
          <li key={down.provider}>
            <span>
              <strong>{providerName(down.provider)}</strong>: {t(`connections.faults.modes.${down.mode}`)}
            </span>
            <Button
              size="small"
              label={t('connections.faults.healOne', { name: providerName(down.provider) })}
              onPress={() =>
                put((now) => ({ ...now, providers: now.providers.filter((one) => one.provider !== down.provider) }))
              }
            >
              {t('connections.faults.remove')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function InsurerErrors({ faults, payers, put }: ListProps) {
  const t = useTexts();
  const [payerIk, setPayerIk] = useState<string | null>(null);
  const [code, setCode] = useState<(typeof codes)[number]>('100');
  const nameOf = (ik: string) => payers.find(({ iks }) => iks.includes(ik))?.name ?? ik;
  const codeWords = (which: string) => t.lookUp('connections', `code-${which}`) ?? which;
  const add = () => {
    if (payerIk === null) return;
    put((now) => ({ ...now, insurerErrors: [...now.insurerErrors, { payerIk, code, count: 1 }] }));
  };
  return (
    <>
      <div className="row fault-adder">
        <Select
          label={t('connections.faults.payer')}
          options={payers.map(({ id, name }) => ({ key: id, label: name }))}
          value={payerIk}
          onChange={setPayerIk}
          placeholder={t('connections.faults.choose')}
          isDisabled={payers.length === 0}
          span={5}
        />
        <Select
          label={t('connections.faults.code')}
          options={codes.map((key) => ({ key, label: codeWords(key) }))}
          value={code}
          onChange={setCode}
          placeholder=""
          span={5}
        />
        <div className="span-2 fault-button">
          <Button onPress={add} isDisabled={payerIk === null} wide>
            {t('connections.faults.add')}
          </Button>
        </div>
      </div>
      <ul className="fault-list">
        {faults.insurerErrors.map((error, position) => (
          <li key={`${error.payerIk} ${error.code} ${String(position)}`}>
            <span>
              <strong>{nameOf(error.payerIk)}</strong>: {t('connections.faults.next', { count: error.count })}{' '}
              {codeWords(error.code)}
            </span>
            <Button
              size="small"
              label={t('connections.faults.healOne', { name: nameOf(error.payerIk) })}
              onPress={() =>
                put((now) => ({ ...now, insurerErrors: now.insurerErrors.filter((_one, at) => at !== position) }))
              }
            >
              {t('connections.faults.remove')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The faults with one door's fault changed; what isn't a fault of that door changes nothing. */
function withDoor(now: WorldFaults, door: (typeof doors)[number], fault: string): WorldFaults {
  const changed = faultsSchema.safeParse({ ...now, [door]: fault });
  return changed.success ? changed.data : now;
}
