import { createContext, use, type ReactNode } from 'react';
import type { Office } from '../../outbox/office';

const OfficeContext = createContext<Office | null>(null);

/** Hands the office down to every screen. */
export function OfficeProvider({ office, children }: { office: Office; children: ReactNode }) {
  return <OfficeContext value={office}>{children}</OfficeContext>;
}

/** All that staff can do. Throws outside an `OfficeProvider`, which is a bug. */
export function useOffice(): Office {
  const office = use(OfficeContext);
  if (office === null) throw new Error('useOffice outside an OfficeProvider.');
  return office;
}
