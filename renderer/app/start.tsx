import { lazy, Suspense, useEffect, useState } from 'react';
import type { Office, Obstacle } from '../outbox/office';
import type { StorageFailure } from '../store/failures';
import { App } from './app';
import { Button, OfficeProvider, useTexts, Waiting } from './parts';

const FirstStart = lazy(() => import('./first-start/first-start'));

type Started =
  | { readonly kind: 'opening' }
  | StorageFailure
  | { readonly kind: 'host-gone'; readonly text: string }
  | { readonly kind: 'first-start'; readonly office: Office }
  /** `obstacle`: something outside did not come up; recording and printing go on. */
  | { readonly kind: 'ready'; readonly office: Office; readonly obstacle: Obstacle | null };

/** Opens the office and shows the assistant at the first start, else the program. */
export function Start() {
  const [started, setStarted] = useState<Started>({ kind: 'opening' });
  const t = useTexts();
  useEffect(() => {
    let isCurrent = true;
    void start().then((result) => {
      if (isCurrent) setStarted(result);
      else if ('office' in result) result.office.store.close();
    });
    return () => {
      isCurrent = false;
    };
  }, []);

  switch (started.kind) {
    case 'opening':
      return <Waiting>{t('app.start.opening')}</Waiting>;
    case 'storage-failed':
      return (
        <CannotStart
          title={t(`app.start.failed.${started.reason}`)}
          words={t(`app.start.failedLong.${started.reason}`)}
          text={started.text}
        />
      );
    case 'host-gone':
      return <CannotStart title={t('app.start.hostGone')} words={t('app.start.hostGoneLong')} text={started.text} />;
    case 'first-start':
      return (
        <OfficeProvider office={started.office}>
          <Suspense fallback={<Waiting />}>
            <FirstStart onDone={() => setStarted({ kind: 'ready', office: started.office, obstacle: null })} />
          </Suspense>
        </OfficeProvider>
      );
    case 'ready':
      return (
        <OfficeProvider office={started.office}>
          <App obstacle={started.obstacle} />
        </OfficeProvider>
      );
  }
}

async function start(): Promise<Started> {
  const { openOffice } = await import('./open-office');
  const opened = await openOffice();
  if (opened.kind !== 'open') return opened;
  const { office } = opened;
  try {
    const woken = await office.wakeUp();
    if (woken.kind === 'first-start') return { kind: 'first-start', office };
    return { kind: 'ready', office, obstacle: woken.kind === 'obstacle' ? woken : null };
  } catch (error) {
    return { kind: 'host-gone', text: String(error) };
  }
}

function CannotStart({ title, words, text }: { title: string; words: string; text: string }) {
  const t = useTexts();
  return (
    <div className="broken" role="alert">
      <h1 className="page-title">{title}</h1>
      <p>{words}</p>
      <Button kind="primary" onPress={() => window.location.reload()}>
        {t('app.start.again')}
      </Button>
      <details>
        <summary>{t('parts.details')}</summary>
        <pre>{text}</pre>
      </details>
    </div>
  );
}
