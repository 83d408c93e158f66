import { formatCount } from '../../texts/counts';
import { hashOf, type ScreenName } from '../navigation';
import { useTexts } from './texts-context';

/** The parts of a screen, as links under its title; the address says which one is shown. */
export function SectionLinks({
  label,
  screen,
  sections,
  current,
}: {
  /** What a screen reader calls the list. */
  label: string;
  screen: ScreenName;
  sections: readonly {
    /** Its part of the address: `#/stammdaten/<detail>`. */
    readonly detail: string;
    readonly title: string;
    /** How many there are, if that says something. */
    readonly count?: number;
  }[];
  current: string;
}) {
  const t = useTexts();
  return (
    <nav className="section-links" aria-label={label}>
      {sections.map(({ detail, title, count }) => (
        <a
          key={detail}
          className="section-link"
          href={hashOf({ screen, detail })}
          aria-current={detail === current ? 'page' : undefined}
        >
          {title}
          {count === undefined ? null : <span className="section-count">{formatCount(count, t.language)}</span>}
        </a>
      ))}
    </nav>
  );
}
