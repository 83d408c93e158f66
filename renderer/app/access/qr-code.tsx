import { useEffect, useState } from 'react';

/** A QR code of a text, drawn as one path; the generator comes when it is first shown. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [drawn, setDrawn] = useState<{ readonly path: string; readonly size: number } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void import('./qr-modules').then(({ qrModules }) => {
      if (isCurrent) setDrawn(qrModules(text));
    });
    return () => {
      isCurrent = false;
    };
  }, [text]);
  // Four modules of quiet zone on each side, as ISO/IEC 18004 wants it.
  const size = (drawn?.size ?? 21) + 8;
  return (
    <svg className="qr-code" viewBox={`-4 -4 ${String(size)} ${String(size)}`} role="img" aria-label={label}>
      {drawn === null ? null : <path d={drawn.path} />}
    </svg>
  );
}
