import { LinkButton } from '@atlaskit/button/new';
import { useCallback, useState } from 'react';
import { useSource } from '../api/sources';
import type { Source } from '../api/types';
import { PingResult } from '../connection/PingResult';
import { t } from '../messages/t';
import { go, to, useLocation } from '../router/location';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { Skeleton } from '../ui/Skeleton';
import { Stack } from '../ui/Stack';
import { FirstMail } from './FirstMail';
import { SetupStep } from './SetupStep';
import { StartFromForm } from './StartFromForm';
import { TargetStep } from './TargetStep';

/** A new source: its rights, where its mail goes, from when, and the first mail. */
export function SetupPage({ id }: { id: string }) {
  const source = useSource(id);
  return (
    <Stack>
      <PageHeader
        title={t('setup.title', { mailbox: source.data?.mailbox ?? '' })}
        back={{ href: to('messaging/sources'), label: t('messaging.sources') }}
      />
      <Loaded query={source} skeleton={<Skeleton lines={3} size="block" />}>
        {(data) => <Steps source={data} />}
      </Loaded>
    </Stack>
  );
}

function Steps({ source }: { source: Source }) {
  const { query } = useLocation();
  const started = query.has('started');
  const [proven, setProven] = useState(false);
  const onOk = useCallback(() => setProven(true), []);
  const [changing, setChanging] = useState(false);
  const targeted = source.target !== null && !changing;
  return (
    <Stack>
      <SetupStep title={t('setup.rights')} state={proven ? 'done' : 'current'}>
        <PingResult kind="sources" id={source.id} mailbox={source.mailbox} onOk={onOk} />
      </SetupStep>
      <SetupStep title={t('setup.target')} state={targeted ? 'done' : 'current'}>
        <TargetStep source={source} changing={!targeted} onChanging={setChanging} />
      </SetupStep>
      <SetupStep title={t('setup.from')} state={started ? 'done' : targeted ? 'current' : 'todo'}>
        {targeted && (
          <StartFromForm
            source={source}
            started={started}
            onStarted={() => go(to(`sources/${source.id}/start`, { started: '1' }), 'replace')}
          />
        )}
      </SetupStep>
      <SetupStep title={t('setup.first')} state={started ? 'current' : 'todo'}>
        {started && <FirstMail source={source} />}
      </SetupStep>
      {started && (
        <div>
          <LinkButton href={to('')}>{t('setup.done')}</LinkButton>
        </div>
      )}
    </Stack>
  );
}
