import { useCallback } from 'react';
import type { AuditDetail } from '../../domain/audit';
import { useOffice } from '../parts';

/** Notes in the audit trail what somebody did that is no certificate's own event. */
export function useNote(): (detail: AuditDetail) => Promise<void> {
  const { store } = useOffice();
  return useCallback((detail: AuditDetail) => store.audit(detail), [store]);
}
