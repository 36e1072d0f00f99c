import type { ReactNode } from 'react';
import styles from './Table.module.css';

export interface Column<T> {
  title: string;
  cell: (row: T) => ReactNode;
  /** Its title is for those who listen only. */
  hideTitle?: boolean;
  numeric?: boolean;
  grow?: boolean;
}

interface TableProps<T> {
  caption: string;
  columns: Column<T>[];
  rows: T[];
  rowKey: (row: T) => string;
}

/**
 * A table whose rows become cards on a narrow frame. Atlaskit's dynamic-table cannot do that, and
 * brings paging, sorting and ranking that lists paged by the API have no use for.
 */
export function Table<T>({ caption, columns, rows, rowKey }: TableProps<T>) {
  return (
    <table className={styles.table}>
      <caption className={styles.hidden}>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ title, hideTitle, numeric }) => (
            <th key={title} scope="col" className={numeric ? styles.numeric : undefined}>
              <span className={hideTitle ? styles.hidden : undefined}>{title}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map(({ title, cell, numeric, grow, hideTitle }) => (
              <td
                key={title}
                data-title={hideTitle ? undefined : title}
                className={cellClass(numeric, grow, hideTitle)}
              >
                <div>{cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function cellClass(numeric = false, grow = false, action = false): string {
  const classes = [numeric && styles.numeric, grow && styles.grow, action && styles.action];
  return classes.filter(Boolean).join(' ');
}
