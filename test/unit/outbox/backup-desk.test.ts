import { describe, expect, it } from 'vitest';
import { noArchive } from '../../../electron/services/archive/no-archive';
import type { AuditDetail } from '../../../renderer/domain/audit';
import type { Role } from '../../../renderer/domain/roles';
import { BackupDesk } from '../../../renderer/outbox/backup-desk';

const backup = {
  place: 'own',
  id: '000001-20260105T080000Z',
  at: '2026-01-05T08:00:00.000Z',
  why: 'asked',
  lastNumber: 1,
  bytes: 10,
} as const;

/** A desk over an archive that takes a restore and notes it. */
function deskOf(role: Role, isSending = false, second: { factor: boolean } | null = null) {
  const [called, noted]: [string[], AuditDetail[]] = [[], []];
  const desk = new BackupDesk({
    archive: {
      ...noArchive(),
      restore: async ({ id }) => {
        called.push(id);
        return { kind: 'ok', value: {} };
      },
      backup: async () => ({ kind: 'ok', value: [{ place: 'own', made: { kind: 'ok', value: backup } }] }),
      backups: async () => ({
        kind: 'ok',
        value: (second === null ? (['own'] as const) : (['own', 'second'] as const)).map((place) => ({
          place,
          folder: '/backups',
          freeBytes: 1,
          backups: { kind: 'ok', value: [] },
        })),
      }),
      setSecondPlace: async ({ folder }) => {
        called.push(String(folder));
        return { kind: 'ok', value: {} };
      },
      checkBackup: async () => Promise.reject(new Error('no host')),
    },
    actor: () => ({ name: 'Anna', role }),
    audit: async (detail) => void noted.push(detail),
    progress: () =>
      isSending
        ? { kind: 'running', step: 'sending', total: 2, done: 1, startedAt: '2026-11-23T08:00:00Z' }
        : { kind: 'idle' },
    takeFactor: () => second?.factor === true,
  });
  return { desk, called, noted };
}

describe('backups by role', () => {
  it('an assistant is refused before the host is asked', async () => {
    const { desk, called, noted } = deskOf('assistant');
    expect(await desk.restore(backup)).toMatchObject({ kind: 'failed', failure: { code: 'role-backups' } });
    expect(await desk.backUp()).toMatchObject({ kind: 'failed', failure: { code: 'role-backups' } });
    expect({ called, noted }).toEqual({ called: [], noted: [] });
  });

  it('nothing is put back while certificates are on their way', async () => {
    const { desk, called } = deskOf('doctor', true);
    expect(await desk.restore(backup)).toEqual({ kind: 'failed', failure: { reason: 'in-flight' } });
    expect(called).toEqual([]);
  });

  it('a doctor puts one back; one that was made is noted; a host that is away is a result', async () => {
    const { desk, called, noted } = deskOf('doctor');
    expect(await desk.restore(backup)).toEqual({ kind: 'ok' });
    expect(called).toEqual([backup.id]);
    await desk.backUp();
    expect(noted).toEqual([{ type: 'backup-made', place: 'own' }]);
    expect(await desk.check(backup)).toMatchObject({ kind: 'failed', failure: { reason: 'unreachable' } });
  });

  it('a copy leaves this computer only with a second factor confirmed just now', async () => {
    const without = deskOf('doctor', false, { factor: false });
    const refused = { kind: 'failed', failure: { reason: 'refused', code: 'second-factor' } };
    expect(await without.desk.backUp()).toMatchObject(refused);
    expect(await without.desk.setSecondPlace('/stick')).toMatchObject(refused);
    expect({ called: without.called, noted: without.noted }).toEqual({ called: [], noted: [] });
    // Ending it takes nothing out.
    expect(await without.desk.setSecondPlace(null)).toMatchObject({ kind: 'ok' });

    const confirmed = deskOf('doctor', false, { factor: true });
    expect(await confirmed.desk.backUp()).toMatchObject({ kind: 'ok' });
    expect(await confirmed.desk.setSecondPlace('/stick')).toMatchObject({ kind: 'ok' });
    expect(confirmed.called).toEqual(['/stick']);
  });
});
