import { exportJson } from '../store/patient-export';
import type { Setup } from '../store/store';
import { toBase64 } from './bytes';
import { obstacle } from './obstacles';
import type { Obstacle, Office, OfficeMeans } from './office';
import type { Sign } from './trail-file';

/**
 * What leaves the program as a file. Each needs the role and a second factor that was confirmed just now (obstacle `second-factor`), and is noted
 * in the audit trail before it is handed out: nothing leaves that could not be noted.
 */
export interface ExportDesk {
  /** Everything that is kept about a patient (GDPR article 15), as JSON. */
  exportPatient(
    keyId: string,
  ): Promise<{ readonly kind: 'exported'; readonly json: string } | { readonly kind: 'nothing' } | Obstacle>;
  /** The audit trail with its chain, signed by the installation. `changed`: the accounts were changed from outside, nothing is signed. */
  exportTrail(
    sign: Sign,
  ): Promise<{ readonly kind: 'exported'; readonly file: Uint8Array } | { readonly kind: 'changed' } | Obstacle>;
  /** The report of an outage as a PDF file; `drawOutageReport` is for looking at it and for paper. */
  exportOutageReport(
    outageId: string,
    options?: { readonly withSteps: boolean },
  ): Promise<{ readonly kind: 'exported'; readonly pdf: Uint8Array } | Obstacle>;
  /** The same as a table (CSV): a line a certificate. */
  writeOutageReport(outageId: string): Promise<{ readonly kind: 'written'; readonly csv: Uint8Array } | Obstacle>;
  /** A fetched message as it came, its header where it is another service's. */
  exportMail(key: string): Promise<{ readonly kind: 'exported'; readonly bytes: Uint8Array } | Obstacle>;
}

/** The exports over an open store. What may be asked for, `permitted` decides. */
export function createExportDesk(
  { store, clock, actor }: OfficeMeans,
  setupNow: () => Promise<Setup>,
  reports: Pick<Office, 'drawOutageReport'> & Pick<ExportDesk, 'writeOutageReport'>,
): ExportDesk {
  const note = (what: string, keyId: string | null = null) => store.audit({ type: 'exported', what, keyId });
  return {
    async exportPatient(keyId) {
      const exported = await store.patientExport(keyId);
      if (exported === null) return { kind: 'nothing' };
      await note('patient', keyId);
      return { kind: 'exported', json: exportJson(exported, toBase64) };
    },
    async exportTrail(sign) {
      // Noted first: the file then tells of itself.
      await note('audit-trail');
      const head = {
        practice: (await setupNow()).settings.practice.name,
        exportedAt: clock.now().toISOString(),
        exportedBy: actor().name,
        chain: await store.checkChain('start'),
      };
      const { trailFile } = await import('./trail-file');
      const file = await trailFile(head, store.trail.all(), { sign, toBase64 });
      return file === null ? { kind: 'changed' } : { kind: 'exported', file };
    },
    async exportOutageReport(outageId, options) {
      const drawn = await reports.drawOutageReport(outageId, options);
      if (drawn.kind === 'obstacle') return drawn;
      await note('report');
      return { kind: 'exported', pdf: drawn.pdf };
    },
    async writeOutageReport(outageId) {
      const written = await reports.writeOutageReport(outageId);
      if (written.kind === 'written') await note('report');
      return written;
    },
    async exportMail(key) {
      const mail = await store.mail(key);
      if (mail === null) return obstacle('missing');
      await note('mail');
      return { kind: 'exported', bytes: mail.raw ?? mail.header };
    },
  };
}
