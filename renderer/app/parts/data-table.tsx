import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';

export interface Column<Row> {
  readonly key: string;
  readonly header: string;
  /** A CSS grid track: `minmax(0, 1fr)`, `7rem`. */
  readonly width: string;
  readonly align?: 'start' | 'end';
  readonly cell: (row: Row) => ReactNode;
}

interface DataTableProps<Row> {
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  /** Enter, space or a click on a row. */
  onOpen?: (row: Row) => void;
  /** The row that is shown beside the table, if one is. */
  openKey?: string | null;
  /** Which rows are in view (both ends included), whenever they are others: for rows that are read only then. */
  onView?: (first: number, last: number) => void;
  /** Pixels; every row has the same. */
  rowHeight?: number;
  /** What stands there when there are no rows. */
  empty: ReactNode;
  /** `fill`: takes the height it is given and scrolls; `fit`: as high as its rows, at most `maxHeight` pixels. */
  height?: 'fill' | 'fit';
  maxHeight?: number;
}

/**
 * A table of any length: only the rows in view are in the page. One Tab stop; arrow, Page, Home and End keys move, Enter opens. Screen
 * readers hear which row of how many.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, columns, rowKey, onOpen, openKey = null, empty, height = 'fill', maxHeight = 420 } = props;
  const { rowHeight = 36, onView } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [active, setActive] = useState(0);
  const current = Math.min(active, rows.length - 1);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialRect: { width: 800, height: maxHeight },
  });
  const shown = virtual.getVirtualItems();
  const [first, last] = [shown.at(0)?.index ?? 0, shown.at(-1)?.index ?? 0];
  const tellView = useEffectEvent(() => onView?.(first, last));
  useEffect(() => tellView(), [first, last]);
  if (rows.length === 0) return <>{empty}</>;

  const template = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') };
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const row = rows[current];
    if ((event.key === 'Enter' || event.key === ' ') && row !== undefined && onOpen !== undefined) {
      event.preventDefault();
      onOpen(row);
      return;
    }
    const target = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(rows.length - 1, target));
    setActive(next);
    virtual.scrollToIndex(next);
  };
  return (
    <div
      ref={scroller}
      className={`table table-${height}`}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={`${id}-${String(current)}`}
      onKeyDown={move}
      style={height === 'fit' ? { maxHeight } : undefined}
    >
      <div className="table-row table-head" role="row" aria-rowindex={1} style={template}>
        {columns.map((column) => (
          <span key={column.key} role="columnheader" className={cellClass(column)}>
            {column.header}
          </span>
        ))}
      </div>
      <div className="table-space" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {shown.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const isOpen = openKey !== null && rowKey(row) === openKey;
          return (
            <div
              key={rowKey(row)}
              id={`${id}-${String(item.index)}`}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={isOpen}
              className={`table-row table-line${item.index === current ? ' is-active' : ''}${onOpen === undefined ? '' : ' opens'}`}
              style={{ ...template, height: rowHeight, transform: `translateY(${String(item.start)}px)` }}
              onClick={() => {
                setActive(item.index);
                onOpen?.(row);
              }}
            >
              {columns.map((column) => (
                <span key={column.key} role="gridcell" className={cellClass(column)}>
                  {column.cell(row)}
                </span>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function cellClass({ align = 'start' }: { align?: 'start' | 'end' }): string {
  return align === 'end' ? 'cell cell-end' : 'cell';
}
