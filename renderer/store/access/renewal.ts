import { holdsClinicalKey, may } from '../../domain/roles';
import { newKey } from '../sealing';
import type { Access, Session } from './access';
import { recoveryOf } from './accounts';
import { sealFormer } from './former-keys';
import type { Header, User } from './header';
import { isProven, newSealingPair, provenBy, sealForUser } from './sealing-pair';
import { wrapFor } from './wrapping';

/**
 * Renewing the clinical key, when somebody who held it has left. One change of the header gives everybody the new key; the patients' keys are wrapped
 * anew after that (`archive/renew-patient-keys.ts`). The old key stays, sealed under the new one: broken off at any point, and in every backup of before,
 * all stays readable to those who are still there.
 */

type Body = Omit<Header, 'mac'>;

export type Renewal =
  | { readonly kind: 'renewed'; readonly session: Session }
  | { readonly kind: 'refused'; readonly reason: 'not-allowed' | 'header-changed' | 'needs-recovery-key' | 'no-room' }
  /** These users have no public key that can be trusted: each logs in once, then it goes. */
  | { readonly kind: 'refused'; readonly reason: 'must-log-in'; readonly names: readonly string[] };

/** Notes that the clinical key has to be renewed, because this user held it. */
export function withRenewalDue(body: Body, user: User, now: Date): Body {
  if (!holdsClinicalKey(user.role)) return body;
  const since = body.renewalDue?.since ?? now.toISOString();
  return { ...body, renewalDue: { since, names: [...(body.renewalDue?.names ?? []), user.name] } };
}

/**
 * Gives everybody who holds the clinical key a new one. By a doctor; `recoveryKey`: a fresh one, printed already, where the vault has one: the old sheet
 * opens nothing any more.
 */
export async function renewClinicalKey(access: Access, by: Session, recoveryKey: Uint8Array | null): Promise<Renewal> {
  const { practice, clinical } = by.keys;
  if (!may(by.user.role, 'renew-keys') || clinical === null) return { kind: 'refused', reason: 'not-allowed' };
  const next = newKey();
  const former = [...(by.keys.former ?? []), clinical];
  const unproven: string[] = [];
  const lacks = { recoveryKey: false };
  const changed = await access.change(practice, (body) => {
    lacks.recoveryKey = body.recovery !== null && recoveryKey === null;
    const users = body.users.map((user): User => {
      if (!holdsClinicalKey(user.role)) return user;
      const bare = { ...user, clinicalFor: undefined };
      if (user.id === by.user.id) {
        const clinicalKey = wrapFor(by.own, user.id, 'clinical', next);
        return { ...bare, clinicalKey, sealing: newSealingPair(by.own, user.id, next) };
      }
      const { sealing } = user;
      if (sealing === undefined || !isProven(sealing, user.id, clinical)) {
        unproven.push(user.name);
        return user;
      }
      return {
        ...bare,
        clinicalKey: null,
        clinicalFor: sealForUser(sealing, user.id, next),
        sealing: provenBy(sealing, user.id, next),
      };
    });
    if (lacks.recoveryKey || unproven.length > 0) return null;
    const keys = { practice, clinical: next };
    return {
      ...body,
      renewalDue: undefined,
      users,
      formerKeys: sealFormer(former, next),
      recovery: recoveryKey === null ? null : recoveryOf(recoveryKey, keys, access.means.clock.now()),
    };
  });
  if (lacks.recoveryKey) return { kind: 'refused', reason: 'needs-recovery-key' };
  if (unproven.length > 0) return { kind: 'refused', reason: 'must-log-in', names: unproven };
  if (changed.kind !== 'changed') return { kind: 'refused', reason: changed.kind };
  return { kind: 'renewed', session: { ...by, keys: { practice, clinical: next, former } } };
}
