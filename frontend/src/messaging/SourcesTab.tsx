import { useMayChange } from '../access/RoleContext';
import { useSources } from '../api/sources';
import type { Source } from '../api/types';
import { useBridge } from '../bridge/BridgeContext';
import { t } from '../messages/t';
import { to, useLocation } from '../router/location';
import { Empty } from '../ui/Empty';
import { Loaded } from '../ui/Loaded';
import { Skeleton } from '../ui/Skeleton';
import { ConnectionFilters } from './ConnectionFilters';
import { filterOf, fits } from './filters';
import { NothingMatches } from './NothingMatches';
import { SourceTable } from './SourceTable';
import styles from './Tab.module.css';

const PAGE = 'messaging/sources';

/** The message sources; in a project's settings only that project's, until all are asked for. */
export function SourcesTab() {
  const sources = useSources();
  const { project } = useBridge();
  const { query } = useLocation();
  const only = query.has('all') ? null : project;
  return (
    <div className={styles.tab}>
      <Loaded query={sources} skeleton={<Skeleton lines={4} size="row" />}>
        {(items) => {
          const here = only ? items.filter(({ target }) => target?.project_id === only) : items;
          return (
            <>
              {here.length > 0 ? <Filtered sources={here} /> : <NoSource ofProject={!!only} />}
              {here.length < items.length && (
                <a href={to(PAGE, { all: '1' })}>{t('messaging.sources.all')}</a>
              )}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

function Filtered({ sources }: { sources: Source[] }) {
  const { query } = useLocation();
  const filter = filterOf(query);
  const shown = sources.filter((source) => fits(source, filter));
  return (
    <>
      <ConnectionFilters page={PAGE} current={filter} all={query.get('all')} />
      {shown.length > 0 ? <SourceTable sources={shown} /> : <NothingMatches page={PAGE} />}
    </>
  );
}

function NoSource({ ofProject }: { ofProject: boolean }) {
  const mayChange = useMayChange();
  if (ofProject || !mayChange) {
    return (
      <Empty
        title={t('messaging.sources.empty.project')}
        text={t('messaging.sources.empty.project.text')}
      />
    );
  }
  return <Empty title={t('messaging.sources.empty')} text={t('messaging.sources.empty.text')} />;
}
