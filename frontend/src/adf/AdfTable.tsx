import { AdfChildren } from './AdfChildren';
import { type AdfNode, numberAttr } from './node';

export function AdfTable({ rows }: { rows: AdfNode[] }) {
  return (
    <table>
      <tbody>
        {rows.map((row, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a document never changes
          <tr key={place}>
            {row.content.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a document never changes
              <AdfCell key={column} cell={cell} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function AdfCell({ cell }: { cell: AdfNode }) {
  const Cell = cell.type === 'tableHeader' ? 'th' : 'td';
  return (
    <Cell colSpan={numberAttr(cell.attrs, 'colspan')} rowSpan={numberAttr(cell.attrs, 'rowspan')}>
      <AdfChildren nodes={cell.content} />
    </Cell>
  );
}
