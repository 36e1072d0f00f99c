import { AdfBlock } from './AdfBlock';
import styles from './AdfDocument.module.css';
import { readNode } from './node';

/**
 * Shows an ADF document as Jira does. Our own, for the node kinds that Postroom writes:
 * `@atlaskit/renderer` brings the whole editor core and is several times as big as this panel.
 */
export function AdfDocument({ document }: { document: unknown }) {
  const root = readNode(document);
  if (!root) return null;
  return (
    <div className={styles.document}>
      {root.content.map((node, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a document never changes
        <AdfBlock key={place} node={node} />
      ))}
    </div>
  );
}
