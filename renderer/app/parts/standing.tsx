import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import { may } from '../../domain/roles';
import type { Agenda } from '../../outbox/office';
import type { Setup } from '../../store/store';
import { useOffice } from './office-context';
import { useLive, type Live } from './use-live';

const SetupContext = createContext<Setup | null>(null);
const AgendaContext = createContext<Live<Agenda>>({ kind: 'waiting' });

/** Reads agenda and set-up once for all screens, and again whenever they change. */
export function StandingProvider({ setup, children }: { setup: Setup; children: ReactNode }) {
  const office = useOffice();
  const minute = useMinute();
  const seesCertificates = may(office.actor().role, 'see-certificates');
  const agenda = useLive(async () => (seesCertificates ? office.agenda() : null), [minute, seesCertificates]);
  return (
    <SetupContext value={setup}>
      <AgendaContext value={known(agenda)}>{children}</AgendaContext>
    </SetupContext>
  );
}

/** For an administrator there is no agenda: it stays unknown. */
function known(agenda: Live<Agenda | null>): Live<Agenda> {
  if (agenda.kind !== 'ready') return agenda;
  return agenda.value === null ? { kind: 'waiting' } : { kind: 'ready', value: agenda.value };
}

/** The practice's settings and connections as they are stored. */
export function useSetup(): Setup {
  const setup = use(SetupContext);
  if (setup === null) throw new Error('useSetup outside a StandingProvider.');
  return setup;
}

/** What is owed and what a person must do today. */
export function useAgenda(): Live<Agenda> {
  return use(AgendaContext);
}

/** The present minute: what depends on the clock is computed anew when it changes. */
export function useMinute(): number {
  const { clock } = useOffice();
  const read = () => Math.floor(clock.now().getTime() / 60_000);
  const [minute, setMinute] = useState(read);
  useEffect(() => {
    const timer = window.setInterval(() => setMinute(Math.floor(clock.now().getTime() / 60_000)), 5_000);
    return () => window.clearInterval(timer);
  }, [clock]);
  return minute;
}
