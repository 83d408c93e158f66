import { useCallback, useEffect, useState } from 'react';
import type { Header } from '../../store/access/header';
import { personOf, type Person } from '../../store/access/access';
import { useAtWork } from './session-context';

/** The accounts as the header has them, and how to read them again after a change. `null` until they are read. */
export function usePeople(): {
  readonly people: readonly Person[] | null;
  readonly recovery: Header['recovery'];
  /** The clinical key has to be renewed by a doctor; `null`: nothing is due. */
  readonly renewalDue: NonNullable<Header['renewalDue']> | null;
  readonly hasKeyring: boolean;
  readonly reload: () => Promise<void>;
} {
  const { vault } = useAtWork();
  const [header, setHeader] = useState<Header | null>(null);
  const reload = useCallback(async () => {
    const reading = await vault.access.read();
    setHeader(reading.kind === 'header' ? reading.header : null);
  }, [vault]);
  useEffect(() => {
    let isCurrent = true;
    void vault.access.read().then((reading) => {
      if (isCurrent && reading.kind === 'header') setHeader(reading.header);
    });
    return () => {
      isCurrent = false;
    };
  }, [vault]);
  return {
    people: header === null ? null : header.users.map(personOf),
    recovery: header?.recovery ?? null,
    renewalDue: header?.renewalDue ?? null,
    hasKeyring: header !== null && header.machine !== null,
    reload,
  };
}
