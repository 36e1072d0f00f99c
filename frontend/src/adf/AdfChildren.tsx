import { AdfBlock } from './AdfBlock';
import type { AdfNode } from './node';

export function AdfChildren({ nodes }: { nodes: AdfNode[] }) {
  return (
    <>
      {nodes.map((node, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a document never changes
        <AdfBlock key={place} node={node} />
      ))}
    </>
  );
}
