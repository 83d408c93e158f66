import { Link } from 'react-aria-components';
import type { CertificateContent } from '../../domain/certificate';
import type { Finding } from '../../domain/finding';
import { Notice, useTexts } from '../parts';
import { findingKey, findingPerPlace, isFromSettings, placeOnScreen } from './findings';

/** More than these only push the form away; each stands beside its field anyway. */
const shown = 4;

/** After trying to issue: what is still open, each leading to its field. */
export function FindingsList({
  findings,
  content,
  onLead,
}: {
  findings: readonly Finding[];
  content: CertificateContent;
  onLead: (field: string) => void;
}) {
  const t = useTexts();
  const perPlace = findingPerPlace(findings, content);
  if (perPlace.length === 0) return null;
  const more = perPlace.length - shown;
  return (
    <Notice kind="error" title={t('issue.open', { count: perPlace.length })} assertive>
      <ul className="findings">
        {perPlace.slice(0, shown).map((finding) => (
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
