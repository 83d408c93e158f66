import { useEffect, useRef } from 'react';
import { useAnnounce, useTexts } from './parts';
import { troublesOf, useSecondCopy } from './second-copy';

/** Says once what was put right by itself when the program opened: a line that was cut, a database that was rebuilt. */
export function SecondCopyNews() {
  const t = useTexts();
  const announce = useAnnounce();
  const copy = useSecondCopy();
  const said = useRef(new Set<string>());
  useEffect(() => {
    for (const { what, weight, values } of copy === null ? [] : troublesOf(copy)) {
      if (weight !== 'tells' || said.current.has(what)) continue;
      said.current.add(what);
      announce(`${t(`backup.trouble.${what}.title`)}: ${t(`backup.trouble.${what}.words`, values)}`);
    }
  }, [copy, announce, t]);
  return null;
}
