import { useEffect, useRef } from 'react';
import { useSignIn, useTakeSignIn } from '../api/signIns';
import type { SignIn } from '../api/types';
import { t } from '../messages/t';
import { go, to, useLocation } from '../router/location';
import { Card } from '../ui/Card';
import { FailureMessage } from '../ui/FailureMessage';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { Skeleton } from '../ui/Skeleton';
import { Stack } from '../ui/Stack';
import { SignInEnd } from './SignInEnd';
import { SignInInvitation } from './SignInInvitation';
import { SignInProgress } from './SignInProgress';
import { wantedBy } from './useStartSignIn';

/** Watches a sign-in until it has ended, takes it, and goes on by itself. */
export function SignInPage({ id }: { id: string }) {
  const signIn = useSignIn(id);
  const take = useTakeSignIn(id);
  const { query } = useLocation();
  const taken = useRef(false);
  const state = signIn.data?.state;
  const { mutate } = take;

  useEffect(() => {
    if (state !== 'confirmed' || taken.current) return;
    taken.current = true;
    mutate();
  }, [state, mutate]);

  const next = signIn.data && nextPage(signIn.data, query.has('again'));
  useEffect(() => {
    if (next) go(next, 'replace');
  }, [next]);

  return (
    <Stack>
      <PageHeader
        title={t('signIn.title')}
        back={{ href: to('messaging/sources'), label: t('nav.messaging') }}
      />
      <Card title={signIn.data?.mailbox ?? t('start.card.title')}>
        <Loaded query={signIn} skeleton={<Skeleton lines={3} size="row" />}>
          {(data) => (
            <>
              <SignInProgress signIn={data} />
              <SignInInvitation signIn={data} forOwner={query.get('link') === 'owner'} />
              <SignInEnd signIn={data} wanted={wantedBy(query)} />
            </>
          )}
        </Loaded>
        {take.error && (
          <FailureMessage
            error={take.error}
            title={t('signIn.take.failed')}
            onRetry={() => mutate()}
          />
        )}
      </Card>
    </Stack>
  );
}

/** A new source is set up; everything else shows that its rights are proven. */
function nextPage(signIn: SignIn, again: boolean): string | null {
  if (signIn.state !== 'connected') return null;
  const { source_id, outbound_id } = signIn;
  if (source_id)
    return again ? to(`sources/${source_id}`, { ping: '1' }) : to(`sources/${source_id}/start`);
  return outbound_id ? to(`outbounds/${outbound_id}`, { ping: '1' }) : to('messaging/sources');
}
