import { useOutbounds } from '../api/outbounds';
import { t } from '../messages/t';
import { Empty } from '../ui/Empty';
import { Loaded } from '../ui/Loaded';
import { Skeleton } from '../ui/Skeleton';
import { OutboundTable } from './OutboundTable';
import styles from './Tab.module.css';

export function OutboundsTab() {
  const outbounds = useOutbounds();
  return (
    <div className={styles.tab}>
      <Loaded query={outbounds} skeleton={<Skeleton lines={4} size="row" />}>
        {(items) =>
          items.length > 0 ? (
            <OutboundTable outbounds={items} />
          ) : (
            <Empty
              title={t('messaging.outbounds.empty')}
              text={t('messaging.outbounds.empty.text')}
            />
          )
        }
      </Loaded>
    </div>
  );
}
