import { useEffect, useEffectEvent } from 'react';
import { todayInBerlin } from '../domain/calendar';
import { newsOf, notifiedSchema, todayOf, type TodayItem } from './owed/today';
import { goTo, useAgenda, useOffice, useSetup, useTexts } from './parts';
import { notificationsAllowed, showNotification } from './parts/desktop-notification';
import { useNoticing } from './parts/noticing';

/** Tells of what is to be done today beyond this window, each thing once, in all windows and across restarts. */
export function Notifier() {
  const t = useTexts();
  const office = useOffice();
  const { settings } = useSetup();
  const agenda = useAgenda();
  const noticing = useNoticing();
  const isOn = settings.noticing.notify;
  const tell = useEffectEvent(async () => {
    if (agenda.kind !== 'ready' || noticing === null || notificationsAllowed() !== 'granted') return;
    const items = todayOf(agenda.value, noticing);
    const now = office.clock.now();
    const news = await office.store.noticing.change('notified', notifiedSchema, (known) => {
      const { news: fresh, remembered } = newsOf(items, known, now, todayInBerlin(now));
      return { value: remembered, result: fresh };
    });
    const [first] = news;
    if (first === undefined) return;
    const words = news.map(({ kind, count }) => t(`noticing.today.${kind}`, { count })).join(' · ');
    showNotification({ title: t('noticing.today.notificationTitle'), body: words }, () => goTo(placeOf(first)));
  });
  useEffect(() => {
    // A notification that can't be remembered isn't shown: it would come again and again.
    if (isOn) tell().catch(() => undefined);
  }, [isOn, agenda, noticing]);
  return null;
}

function placeOf({ kind }: TodayItem): 'owed' | 'outages' | 'connections' {
  if (kind === 'certificates') return 'connections';
  return kind === 'end' || kind === 'proposal' || kind === 'stillDown' ? 'outages' : 'owed';
}
