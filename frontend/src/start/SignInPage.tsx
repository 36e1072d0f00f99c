import { useEffect } from 'react';
import { useSignIn } from '../api/signIns';
import type { BeginSignIn, SignIn } from '../api/types';
import { t } from '../messages/t';
import { go, to, useLocation } from '../router/location';
import { Card } from '../ui/Card';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { Skeleton } from '../ui/Skeleton';
import { Stack } from '../ui/Stack';
import { ApprovalWait } from './ApprovalWait';
import { SignInEnd } from './SignInEnd';
import { SignInInvitation } from './SignInInvitation';
import { SignInProgress } from './SignInProgress';
import { TakeStep } from './TakeStep';
import { wantedBy } from './wanted';

/** Watches a sign-in until it has ended, takes it, and goes on by itself. */
export function SignInPage({ id }: { id: string }) {
  const signIn = useSignIn(id);
  const { query } = useLocation();
  const wanted = wantedBy(query);
  const next = signIn.data && nextPage(signIn.data, wanted);
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
              <ApprovalWait signIn={data} />
              <SignInInvitation signIn={data} />
              <TakeStep signIn={data} wanted={wanted} />
              <SignInEnd signIn={data} wanted={wanted} />
            </>
          )}
        </Loaded>
      </Card>
    </Stack>
  );
}

/** A new source is set up; everything else shows that its rights are proven. */
function nextPage(signIn: SignIn, wanted: BeginSignIn): string | null {
  if (signIn.state !== 'connected') return null;
  const { source_id, outbound_id } = signIn;
  if (wanted.outbound_id && outbound_id) return to(`outbounds/${outbound_id}`, { ping: '1' });
  if (source_id) {
    const again = !!wanted.source_id;
    return again ? to(`sources/${source_id}`, { ping: '1' }) : to(`sources/${source_id}/start`);
  }
  return outbound_id ? to(`outbounds/${outbound_id}`, { ping: '1' }) : to('messaging/sources');
}
