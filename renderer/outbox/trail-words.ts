import type { AuditDetail } from '../domain/audit';
import type { TrailContent } from '../domain/trail';
import type { Translate } from '../texts';
import { eventWords } from './event-words';

/** What an entry of the audit trail says, in the user's words. */
export function trailWords(content: TrailContent, t: Translate): string {
  switch (content.kind) {
    case 'record':
      return eventWords(content.detail, t).what;
    case 'practice':
      return auditWords(content.detail, t);
    case 'closed':
      return t('trail.events.closed');
    case 'damaged':
      return t('trail.events.damaged');
  }
}

function auditWords(detail: AuditDetail, t: Translate): string {
  const words = (values: Readonly<Record<string, string | number>> = {}) => t(`trail.events.${detail.type}`, values);
  const known = (section: string, key: string) => t(`trail.${section}.${key}`, { defaultValue: key });
  const role = (name: string) => t(`access.role.${name}`, { defaultValue: name });
  /** «role doctor → assistant», or a word of its own. */
  const changed = (what: string) => {
    const [, from, to] = /^role (\S+) → (\S+)$/.exec(what) ?? [];
    return from === undefined || to === undefined
      ? known('changed', what)
      : `${known('changed', 'role')}: ${role(from)} → ${role(to)}`;
  };
  switch (detail.type) {
    case 'logged-in':
      return words({ role: role(detail.role) });
    case 'logged-out':
    case 'viewed':
    case 'restored-hold-ended':
      return words();
    case 'log-in-failed':
      return words({ name: detail.name, what: known('wrong', detail.what) });
    case 'user-added':
      return words({ name: detail.name, role: role(detail.role) });
    case 'user-changed':
      return words({ name: detail.name, what: detail.what.split(', ').map(changed).join(', ') });
    case 'user-removed':
      return words({ name: detail.name });
    case 'keys-renewed':
      return words({ names: detail.because.join(', ') });
    case 'exported':
      return words({ what: known('data', detail.what) });
    case 'printed':
      return words({ what: known('data', detail.what) });
    case 'settings-changed':
      return words({ what: detail.what.map((name) => known('settings', name)).join(', ') });
    case 'backup-made':
    case 'backup-restored':
      return words({ place: known('places', detail.place) });
    case 'erased':
      return words({
        records: detail.recordIds.length,
        documents: detail.documents,
        mails: detail.mails,
        why: [known('grounds', detail.ground), detail.note].filter((part) => part !== '').join(': '),
      });
    case 'chain-checked':
      return words({ until: detail.until, outcome: known('outcomes', detail.outcome) });
    case 'sealed':
      return words({
        records: detail.records,
        events: detail.events,
        chain: t(detail.chain === 'held' ? 'trail.outcomes.held' : 'trail.outcomes.broken'),
      });
  }
}
