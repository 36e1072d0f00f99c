import { useId, useState } from 'react';
import { useFolders } from '../api/folders';
import type { FolderNode } from '../api/types';
import { t } from '../messages/t';
import { Loaded } from '../ui/Loaded';
import { Skeleton } from '../ui/Skeleton';
import styles from './FolderTree.module.css';

interface FolderTreeProps {
  sourceId: string;
  label: string;
  chosen: string | null;
  onChoose: (folder: FolderNode) => void;
}

/** The folders of a mailbox as a tree; what is inside one is asked for when it is opened. */
export function FolderTree({ sourceId, label, chosen, onChoose }: FolderTreeProps) {
  const group = useId();
  return (
    <fieldset className={styles.tree}>
      <legend>{label}</legend>
      <Branch sourceId={sourceId} parent={null} group={group} chosen={chosen} onChoose={onChoose} />
    </fieldset>
  );
}

interface BranchProps extends Omit<FolderTreeProps, 'label'> {
  parent: string | null;
  group: string;
}

function Branch({ parent, ...rest }: BranchProps) {
  const folders = useFolders(rest.sourceId, parent);
  return (
    <Loaded query={folders} skeleton={<Skeleton lines={parent ? 1 : 4} />}>
      {(items) =>
        items.length === 0 ? (
          <p>{t('folder.none')}</p>
        ) : (
          <ul className={styles.branch}>
            {items.map((folder) => (
              <Leaf key={folder.id} folder={folder} {...rest} />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function Leaf({ folder, ...rest }: Omit<BranchProps, 'parent'> & { folder: FolderNode }) {
  const [open, setOpen] = useState(false);
  const { id, name, children, unread } = folder;
  return (
    <li>
      <div className={styles.leaf}>
        {children > 0 ? (
          <button
            type="button"
            className={styles.opener}
            aria-expanded={open}
            aria-label={t(open ? 'folder.close' : 'folder.open', { name })}
            onClick={() => setOpen(!open)}
          >
            {open ? '−' : '+'}
          </button>
        ) : (
          <span className={styles.opener} />
        )}
        <label>
          <input
            type="radio"
            name={rest.group}
            checked={rest.chosen === id}
            onChange={() => rest.onChoose(folder)}
          />{' '}
          {name}
        </label>
        {!!unread && <small>{t('folder.unread', { count: unread })}</small>}
      </div>
      {open && <Branch parent={id} {...rest} />}
    </li>
  );
}
