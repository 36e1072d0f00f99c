import { useSources } from '../api/sources';
import { t } from '../messages/t';
import { Empty } from '../ui/Empty';
import { Loaded } from '../ui/Loaded';
import { Skeleton } from '../ui/Skeleton';
import { SourceTable } from './SourceTable';
import styles from './Tab.module.css';

export function SourcesTab() {
  const sources = useSources();
  return (
    <div className={styles.tab}>
      <Loaded query={sources} skeleton={<Skeleton lines={4} size="row" />}>
        {(items) =>
          items.length > 0 ? (
            <SourceTable sources={items} />
          ) : (
            <Empty title={t('messaging.sources.empty')} text={t('messaging.sources.empty.text')} />
          )
        }
      </Loaded>
    </div>
  );
}
