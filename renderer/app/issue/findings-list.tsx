import { useSyncExternalStore } from 'react';
import { Link } from 'react-aria-components';
import type { CertificateContent } from '../../domain/certificate';
import type { Finding } from '../../domain/finding';
import { Notice, useTexts } from '../parts';
import { findingKey, findingPerPlace, isFromSettings, placeOnScreen } from './findings';
import { pendingText, standingOf, type Unchosen } from './unchosen';

/** More than these only push the form away; each stands beside its field anyway. */
const shown = 4;

/** After trying to issue: what is still open, each leading to its field. */
export function FindingsList({
  findings,
  content,
  unchosen,
  onLead,
}: {
  findings: readonly Finding[];
  content: CertificateContent;
  unchosen: Unchosen;
  onLead: (field: string) => void;
}) {
  const t = useTexts();
  useSyncExternalStore(unchosen.subscribe, unchosen.version);
  const pending = unchosen.noted(standingOf(content.patient, content.coverage));
  const places = new Set<string>(pending.map(({ field }) => field));
  // Where something is typed, that it isn't chosen says what is missing.
  const perPlace = findingPerPlace(findings, content).filter(
    ({ field }) => !places.has(placeOnScreen(field, content).field),
  );
  if (perPlace.length + pending.length === 0) return null;
  // One more line takes no more room than saying that there is one.
  const listed = perPlace.length <= shown + 1 ? perPlace : perPlace.slice(0, shown);
  const more = perPlace.length - listed.length;
  return (
    <Notice kind="error" title={t('issue.open', { count: perPlace.length + pending.length })} assertive>
      <ul className="findings">
        {pending.map((one) => (
          <li key={one.field}>
            <Link className="link" onPress={() => onLead(one.field)}>
              {pendingText(t, one)}
            </Link>
          </li>
        ))}
        {listed.map((finding) => (
          <li key={findingKey(finding)}>
            <Link className="link" onPress={() => onLead(finding.field)}>
              {placeOnScreen(finding.field, content).field === 'patient'
                ? t('issue.patient.missing')
                : t.finding(finding)}
            </Link>
            {isFromSettings(finding.field) ? ` ${t('issue.inSettings')}` : ''}
          </li>
        ))}
        {more > 0 ? <li>{t('issue.openMore', { count: more })}</li> : null}
      </ul>
    </Notice>
  );
}
