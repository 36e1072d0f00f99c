import Button from '@atlaskit/button/new';
import { useOpenSignIns, useRevokeSignIn } from '../api/signIns';
import type { SignIn } from '../api/types';
import { t } from '../messages/t';
import { Ago } from '../ui/Ago';
import { Card } from '../ui/Card';
import { CopyButton } from '../ui/CopyButton';
import { FailureMessage } from '../ui/FailureMessage';
import { Row } from '../ui/Row';
import { type Column, Table } from '../ui/Table';
import { pageOf, wantedFor } from './wanted';

/** The links that somebody else still has: the owner of a mailbox, or an administrator. */
export function OpenLinks() {
  const open = useOpenSignIns();
  const revoke = useRevokeSignIn();
  const links = (open.data ?? []).filter(isLink);
  if (open.error && !open.data) {
    return <FailureMessage error={open.error} onRetry={() => void open.refetch()} />;
  }
  // Nothing here is no answer to anybody's question.
  if (links.length === 0) return null;
  const columns: Column<SignIn>[] = [
    {
      title: t('links.column.for'),
      cell: (signIn) => (
        <a href={pageOf(signIn.id, wantedFor(signIn))}>{signIn.mailbox ?? t('links.anyMailbox')}</a>
      ),
    },
    { title: t('links.column.waits'), grow: true, cell: (signIn) => waitsFor(signIn) },
    { title: t('links.column.until'), cell: ({ expires_at }) => <Ago at={expires_at} /> },
    {
      title: t('messaging.column.actions'),
      hideTitle: true,
      cell: (signIn) => (
        <Row>
          <CopyButton text={signIn.approval_url ?? signIn.url} />
          <Button
            spacing="compact"
            isLoading={revoke.isPending && revoke.variables === signIn.id}
            onClick={() => revoke.mutate(signIn.id)}
          >
            {t('links.revoke')}
          </Button>
        </Row>
      ),
    },
  ];
  return (
    <Card title={t('links.title')}>
      <Table caption={t('links.title')} columns={columns} rows={links} rowKey={({ id }) => id} />
      {revoke.error && <FailureMessage error={revoke.error} title={t('failure.action.title')} />}
    </Card>
  );
}

function isLink({ asked, state }: SignIn): boolean {
  return asked === 'owner' || state === 'waiting_for_approval';
}

function waitsFor({ state }: SignIn): string {
  if (state === 'waiting_for_approval') return t('links.waits.approval');
  return t(state === 'confirmed' ? 'links.waits.you' : 'links.waits.owner');
}
