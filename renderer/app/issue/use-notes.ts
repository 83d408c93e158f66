import { useCallback, useMemo, useState } from 'react';
import type { Finding } from '../../domain/finding';
import { useTexts, type FieldNote, type Wording } from '../parts';
import { useSame } from '../parts/use-same';
import { belongsTo, findingKey } from './findings';

/** What rules have to say about a field, once it was left or issuing was tried. */
export type Notes = (path: string) => readonly FieldNote[];

export interface NotesOfParts {
  readonly patient: Notes;
  readonly coverage: Notes;
  readonly certificate: Notes;
  /** Of issuer and responsible person. */
  readonly issuer: Notes;
  /** Which findings the user has confirmed (`findingKey`). */
  readonly confirmed: ReadonlySet<string>;
  /** The user left this field. */
  readonly touch: (path: string) => void;
}

/** A finding that shows, and whether it is confirmed. */
interface Shown {
  readonly finding: Finding;
  readonly isConfirmed: boolean;
}
type Confirm = (finding: Finding, isConfirmed: boolean) => void;

/** Sorts the findings to the parts of the form. A part whose findings stay the same keeps its function, so it isn't drawn anew. */
export function useNotes(findings: readonly Finding[], wasTried: boolean): NotesOfParts {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set());
  const touch = useCallback((path: string) => setTouched((all) => (all.has(path) ? all : new Set(all).add(path))), []);
  const confirm = useCallback<Confirm>((finding, isConfirmed) => {
    setConfirmed((all) => {
      const next = new Set(all);
      if (isConfirmed) next.add(findingKey(finding));
      else next.delete(findingKey(finding));
      return next;
    });
  }, []);
  const shown = findings
    .filter(({ field }) => wasTried || [...touched].some((path) => belongsTo(field, path)))
    .map((finding) => ({ finding, isConfirmed: confirmed.has(findingKey(finding)) }));
  const of = (...parts: readonly string[]) =>
    shown.filter(({ finding }) => parts.some((part) => belongsTo(finding.field, part)));
  return {
    patient: usePart(of('patient'), confirm),
    coverage: usePart(of('coverage'), confirm),
    certificate: usePart(of('certificate'), confirm),
    issuer: usePart(of('issuer', 'responsible'), confirm),
    confirmed,
    touch,
  };
}

function usePart(shown: readonly Shown[], confirm: Confirm): Notes {
  const t = useTexts();
  const same = useSame(shown, saysSame);
  return useMemo(
    () => (path: string) =>
      same.filter(({ finding }) => belongsTo(finding.field, path)).map((one) => noteOf(one, t, confirm)),
    [same, t, confirm],
  );
}

function saysSame(a: readonly Shown[], b: readonly Shown[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ finding, isConfirmed }, index) => {
      const other = b[index];
      return (
        other !== undefined && isConfirmed === other.isConfirmed && findingKey(finding) === findingKey(other.finding)
      );
    })
  );
}

function noteOf({ finding, isConfirmed }: Shown, t: Wording, confirm: Confirm): FieldNote {
  const note = { severity: finding.severity, text: t.finding(finding) };
  return finding.severity === 'error'
    ? note
    : { ...note, confirmation: { isConfirmed, onChange: (isNow) => confirm(finding, isNow) } };
}
