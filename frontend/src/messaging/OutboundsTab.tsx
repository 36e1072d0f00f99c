import { useOutbounds } from '../api/outbounds';
import type { Outbound } from '../api/types';
import { t } from '../messages/t';
import { useLocation } from '../router/location';
import { Empty } from '../ui/Empty';
import { Loaded } from '../ui/Loaded';
import { Skeleton } from '../ui/Skeleton';
import { ConnectionFilters } from './ConnectionFilters';
import { filterOf, fits } from './filters';
import { NothingMatches } from './NothingMatches';
import { OutboundTable } from './OutboundTable';
import styles from './Tab.module.css';

const PAGE = 'messaging/outbounds';

export function OutboundsTab() {
  const outbounds = useOutbounds();
  return (
    <div className={styles.tab}>
      <Loaded query={outbounds} skeleton={<Skeleton lines={4} size="row" />}>
        {(items) =>
          items.length > 0 ? (
            <Filtered outbounds={items} />
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

function Filtered({ outbounds }: { outbounds: Outbound[] }) {
  const filter = filterOf(useLocation().query);
  const shown = outbounds.filter((outbound) => fits(outbound, filter));
  return (
    <>
      <ConnectionFilters page={PAGE} current={filter} />
      {shown.length > 0 ? <OutboundTable outbounds={shown} /> : <NothingMatches page={PAGE} />}
    </>
  );
}
