import { useEffect, useState } from 'react';
import { Button, Card, Dialog, Notice, useOffice, useSetup, useTexts, Waiting } from '../parts';

interface Described {
  readonly kind: 'electron' | 'loopback';
  readonly version: string;
  readonly platform: string;
}
type Licence = 'program' | 'liberation' | 'dejavu';

/** What program this is, what it isn't, and whose work is in it. */
export function AboutSection() {
  const t = useTexts();
  const { host, store } = useOffice();
  const { settings } = useSetup();
  const [described, setDescribed] = useState<Described | null>(null);
  const [open, setOpen] = useState<Licence | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void host.host.describe({}).then((answer) => {
      if (isCurrent) setDescribed(answer);
    });
    return () => {
      isCurrent = false;
    };
  }, [host]);
  const facts = [
    ['version', described?.version ?? '…'],
    ['host', described === null ? '…' : `${t(`settings.about.hosts.${described.kind}`)} (${described.platform})`],
    ['softwareId', settings.softwareId === '' ? '–' : settings.softwareId],
    ['installation', store.namespace],
  ] as const;
  const licences = [
    ['program', 'Ersatzschein', 'Apache License 2.0'],
    ['liberation', 'Liberation Sans, Liberation Mono', 'SIL Open Font License 1.1'],
    ['dejavu', 'DejaVu Sans, DejaVu Sans Mono', 'Bitstream Vera License'],
  ] as const;
  return (
    <>
      <Card title={t('app.name')}>
        <dl className="about-facts">
          {facts.map(([key, value]) => (
            <div key={key}>
              <dt>{t(`settings.about.${key}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <Notice kind="outage" title={t('settings.about.notCertified')}>
        {t('settings.about.notCertifiedWords')}
      </Notice>
      <Card title={t('settings.about.licences')}>
        <ul className="about-licences">
          {licences.map(([key, name, licence]) => (
            <li key={key}>
              <span>{name}</span>
              <span className="soft">{licence}</span>
              <Button
                size="small"
                kind="quiet"
                onPress={() => setOpen(key)}
                label={`${t('settings.about.read')}: ${name}`}
              >
                {t('settings.about.read')}
              </Button>
            </li>
          ))}
        </ul>
      </Card>
      {open === null ? null : <LicenceDialog licence={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function LicenceDialog({ licence, onClose }: { licence: Licence; onClose: () => void }) {
  const t = useTexts();
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void licenceText(licence).then((loaded) => {
      if (isCurrent) setText(loaded);
    });
    return () => {
      isCurrent = false;
    };
  }, [licence]);
  return (
    <Dialog
      title={t(`settings.about.licence.${licence}`)}
      width="wide"
      onClose={onClose}
      buttons={
        <Button kind="primary" onPress={onClose} autoFocus>
          {t('parts.close')}
        </Button>
      }
    >
      {text === null ? (
        <Waiting />
      ) : (
        <pre className="licence-text" tabIndex={0} role="region" aria-label={t(`settings.about.licence.${licence}`)}>
          {text}
        </pre>
      )}
    </Dialog>
  );
}

async function licenceText(licence: Licence): Promise<string> {
  switch (licence) {
    case 'program':
      return (await import('../../../LICENSE?raw')).default;
    case 'liberation':
      return (await import('../../form/fonts/Liberation-OFL.txt?raw')).default;
    case 'dejavu':
      return (await import('../../form/fonts/DejaVu-LICENSE.txt?raw')).default;
  }
}
