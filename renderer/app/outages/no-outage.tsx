import { Button, Card, goTo, useTexts } from '../parts';

/** Nothing is down: what to do when something fails, in the order in which one does it. */
export function NoOutage({ onDeclare }: { onDeclare: () => void }) {
  const t = useTexts();
  return (
    <Card label={t('outages.none.title')}>
      <div className="no-outage">
        <div>
          <p className="empty-title">{t('outages.none.title')}</p>
          <p className="soft">{t('outages.none.words')}</p>
        </div>
        <ol className="steps">
          <li>
            <strong>{t('outages.none.check')}</strong>
            <span>{t('outages.none.checkWords')}</span>
            <Button size="small" onPress={() => goTo('connections')}>
              {t('outages.none.checkButton')}
            </Button>
          </li>
          <li>
            <strong>{t('outages.none.declare')}</strong>
            <span>{t('outages.none.declareWords')}</span>
            <Button size="small" onPress={onDeclare}>
              {t('outages.declare.button')}
            </Button>
          </li>
          <li>
            <strong>{t('outages.none.goOn')}</strong>
            <span>{t('outages.none.goOnWords')}</span>
          </li>
          <li>
            <strong>{t('outages.none.end')}</strong>
            <span>{t('outages.none.endWords')}</span>
          </li>
        </ol>
      </div>
    </Card>
  );
}
