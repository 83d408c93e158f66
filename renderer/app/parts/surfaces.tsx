import type { ReactNode } from 'react';
import { Heading } from 'react-aria-components';

/** The screen's title, with what belongs to all of it at the right. */
export function PageHeader({ title, aside, children }: { title: string; aside?: ReactNode; children?: ReactNode }) {
  return (
    <header className="page-header">
      <h1 className="page-title">{title}</h1>
      {children}
      <div className="page-aside">{aside}</div>
    </header>
  );
}

/** A sheet of things that belong together. `label` names it for screen readers where there is no visible title. */
export function Card({
  title,
  label,
  aside,
  children,
  tight = false,
}: {
  title?: string;
  label?: string;
  aside?: ReactNode;
  children: ReactNode;
  /** Without padding: for tables. */
  tight?: boolean;
}) {
  return (
    <section className={tight ? 'card card-tight' : 'card'} aria-label={title ?? label}>
      {title === undefined && aside === undefined ? null : (
        <div className="card-head">
          <Heading level={2} className="card-title">
            {title}
          </Heading>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}

/** A word to the user that stands in the page. `assertive`: read out at once. */
export function Notice({
  kind,
  title,
  children,
  action,
  assertive = false,
}: {
  kind: 'info' | 'outage' | 'good' | 'error';
  title?: string;
  children?: ReactNode;
  action?: ReactNode;
  assertive?: boolean;
}) {
  return (
    <div className={`notice notice-${kind}`} role={assertive ? 'alert' : 'status'}>
      <div className="notice-words">
        {title === undefined ? null : <strong>{title}</strong>}
        {children === undefined ? null : <div>{children}</div>}
      </div>
      {action}
    </div>
  );
}

/** Nothing there yet, or nothing found: what that means and what to do about it. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children === undefined ? null : <p className="empty-words">{children}</p>}
      {action}
    </div>
  );
}

/** Shape and colour of a state; the words stand beside it, never colour alone. */
export type DotKind = 'good' | 'partly' | 'waiting' | 'bad' | 'none' | 'done';

export function StatusDot({ kind, children }: { kind: DotKind; children?: ReactNode }) {
  return (
    <span className={`status status-${kind}`}>
      <svg className="status-dot" viewBox="0 0 14 14" aria-hidden focusable="false">
        {dotShapes[kind]}
      </svg>
      {children === undefined ? null : <span>{children}</span>}
    </span>
  );
}

const ring = { cx: 7, cy: 7, r: 5.5, fill: 'none', stroke: 'currentColor', strokeWidth: 2 } as const;
const dotShapes: Readonly<Record<DotKind, ReactNode>> = {
  good: <circle cx="7" cy="7" r="6.5" fill="currentColor" />,
  partly: (
    <>
      <circle {...ring} />
      <path d="M7 2a5 5 0 0 0 0 10z" fill="currentColor" />
    </>
  ),
  waiting: <circle {...ring} strokeDasharray="3.2 2.6" />,
  bad: (
    <>
      <circle {...ring} />
      <path d="M4.6 4.6l4.8 4.8M9.4 4.6l-4.8 4.8" stroke="currentColor" strokeWidth="1.8" />
    </>
  ),
  none: <circle {...ring} />,
  done: <path d="M2 7.5l3.4 3.4L12 3.8" fill="none" stroke="currentColor" strokeWidth="2.4" />,
};

/** A state that a person ought to see in a list: a word in a coloured field. */
export function Tag({ kind, children }: { kind: 'neutral' | 'accent' | 'bad' | 'good'; children: ReactNode }) {
  return <span className={`tag tag-${kind}`}>{children}</span>;
}
