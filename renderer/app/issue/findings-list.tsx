import { Link } from 'react-aria-components';
import type { Finding } from '../../domain/finding';
import { Notice, useTexts } from '../parts';
import { findingKey, isFromSettings } from './findings';

/** After trying to issue: what is still open, each leading to its field. */
export function FindingsList({ findings, onLead }: { findings: readonly Finding[]; onLead: (field: string) => void }) {
  const t = useTexts();
  if (findings.length === 0) return null;
  return (
    <Notice kind="error" title={t('issue.open', { count: findings.length })} assertive>
      <ul className="findings">
        {findings.map((finding) => (
          <li key={findingKey(finding)}>
            <Link className="link" onPress={() => onLead(finding.field)}>
              {t.finding(finding)}
            </Link>
            {isFromSettings(finding.field) ? ` ${t('issue.inSettings')}` : ''}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
