import { useRef, useState, type DragEvent } from 'react';

/** What makes an element take files that are dropped on it. */
export interface FileDrop {
  /** Files are being held over it. */
  readonly isOver: boolean;
  readonly handlers: Readonly<
    Record<'onDragEnter' | 'onDragOver' | 'onDragLeave' | 'onDrop', (event: DragEvent<HTMLElement>) => void>
  >;
}

/** Takes files that are dropped; anything else that is dragged is left alone. */
export function useFileDrop(onFiles: (files: readonly File[]) => void): FileDrop {
  const [isOver, setOver] = useState(false);
  // Entering a child comes before leaving its parent: only when all are left, the files are gone.
  const depth = useRef(0);
  const withFiles = (handle: (event: DragEvent<HTMLElement>) => void) => (event: DragEvent<HTMLElement>) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    handle(event);
  };
  return {
    isOver,
    handlers: {
      onDragEnter: withFiles(() => {
        depth.current += 1;
        setOver(true);
      }),
      onDragOver: withFiles((event) => {
        event.dataTransfer.dropEffect = 'copy';
      }),
      onDragLeave: withFiles(() => {
        depth.current = Math.max(0, depth.current - 1);
        if (depth.current === 0) setOver(false);
      }),
      onDrop: withFiles((event) => {
        depth.current = 0;
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }),
    },
  };
}
