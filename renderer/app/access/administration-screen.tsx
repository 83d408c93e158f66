import { Button, Card, goTo, PageHeader, useTexts } from '../parts';
import { useAtWork } from './session-context';

/** What an administrator sees where others see certificates: that there are none to see, and why. */
export default function AdministrationScreen() {
  const t = useTexts();
  const { lock } = useAtWork();
  return (
    <>
      <PageHeader title={t('access.administration.title')} />
      <Card title={t('access.administration.words')}>
        <p>{t('access.administration.long')}</p>
        <div className="administration-ways">
          <Button kind="primary" onPress={() => goTo('settings', 'zugaenge')} autoFocus>
            {t('access.administration.toUsers')}
          </Button>
          <Button onPress={() => goTo('connections')}>{t('access.administration.toConnections')}</Button>
          <Button onPress={() => lock(true)} shortcut="F10">
            {t('access.administration.switch')}
          </Button>
        </div>
      </Card>
    </>
  );
}
