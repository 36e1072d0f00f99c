import { LinkButton } from '@atlaskit/button/new';
import type { Registration } from '../api/types';
import { t } from '../messages/t';
import { dayOf } from '../messages/time';
import { to } from '../router/location';
import { Empty } from '../ui/Empty';
import { Row } from '../ui/Row';
import { StateLozenge } from '../ui/StateLozenge';
import { type Column, Table } from '../ui/Table';
import { CheckRegistration } from './CheckRegistration';
import { DeleteRegistration } from './DeleteRegistration';

const COLUMNS: Column<Registration>[] = [
  {
    title: t('registration.column.name'),
    grow: true,
    cell: ({ name, cloud, client_id }) => (
      <>
        {name}
        <div>
          {t(`microsoft.cloud.${cloud}`)} · <code>{client_id}</code>
        </div>
      </>
    ),
  },
  {
    title: t('registration.column.state'),
    cell: ({ state }) => (
      <>
        <StateLozenge tone={state.ok ? 'success' : 'removed'}>
          {t(state.ok ? 'registration.ok' : 'registration.broken')}
        </StateLozenge>
        <div>{state.sentence}</div>
      </>
    ),
  },
  {
    title: t('registration.column.credential'),
    cell: ({ credential: { kind, expires_at } }) => (
      <>
        {t(`registration.kind.${kind}`)}
        {expires_at && <div>{t('registration.ends', { day: dayOf(expires_at) })}</div>}
      </>
    ),
  },
  { title: t('registration.column.used'), numeric: true, cell: ({ used_by }) => used_by },
  {
    title: t('registration.column.actions'),
    hideTitle: true,
    cell: (registration) => (
      <Row>
        <CheckRegistration id={registration.id} />
        <LinkButton spacing="compact" href={to(`microsoft/registrations/${registration.id}`)}>
          {t('registration.change')}
        </LinkButton>
        <DeleteRegistration registration={registration} />
      </Row>
    ),
  },
];

export function RegistrationTable({ registrations }: { registrations: Registration[] }) {
  if (registrations.length === 0) {
    return <Empty title={t('registration.none')} text={t('registration.none.text')} />;
  }
  return (
    <Table
      caption={t('registration.title')}
      columns={COLUMNS}
      rows={registrations}
      rowKey={({ id }) => id}
    />
  );
}
