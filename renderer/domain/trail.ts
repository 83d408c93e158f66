import type { AuditDetail } from './audit';
import type { EventDetail } from './event';
import type { ChainLink } from './event-chain';

/** What a link of the chain says, as far as it opens for whoever asks. */
export type TrailContent =
  | { readonly kind: 'record'; readonly recordId: string; readonly detail: EventDetail }
  | { readonly kind: 'practice'; readonly detail: AuditDetail }
  /** About a certificate whose key isn't there: erased, or not for this user. */
  | { readonly kind: 'closed'; readonly recordId: string }
  /** Its ciphertext doesn't open with the key it should: changed from outside. */
  | { readonly kind: 'damaged' };

/** One line of the audit trail. */
export interface TrailEntry {
  readonly link: ChainLink;
  readonly content: TrailContent;
}

/** What the audit trail can be narrowed to. */
export const trailKinds = ['seen', 'changed', 'printed', 'exported', 'access', 'safekeeping'] as const;
export type TrailKind = (typeof trailKinds)[number];

/** Which of them an entry is. What doesn't open counts as a change: nothing may vanish from the list by being unreadable. */
export function trailKindOf(content: TrailContent): TrailKind {
  if (content.kind === 'record') return content.detail.type === 'printed' ? 'printed' : 'changed';
  if (content.kind !== 'practice') return 'changed';
  switch (content.detail.type) {
    case 'logged-in':
    case 'logged-out':
    case 'log-in-failed':
    case 'user-added':
    case 'user-changed':
    case 'user-removed':
    case 'keys-renewed':
      return 'access';
    case 'viewed':
      return 'seen';
    case 'exported':
      return 'exported';
    case 'printed':
      return 'printed';
    case 'settings-changed':
      return 'changed';
    case 'backup-made':
    case 'backup-restored':
    case 'restored-hold-ended':
    case 'erased':
    case 'chain-checked':
    case 'sealed':
      return 'safekeeping';
  }
}

/** The record that an entry is about, or `null`. */
export function recordOf(content: TrailContent): string | null {
  if (content.kind === 'record' || content.kind === 'closed') return content.recordId;
  return content.kind === 'practice' && content.detail.type === 'viewed' ? content.detail.recordId : null;
}
