import type { Incident } from '../api/types';
import { t } from '../messages/t';
import { duration, fullTime } from '../messages/time';
import { to } from '../router/location';
import { StateLozenge } from '../ui/StateLozenge';
import { type Column, Table } from '../ui/Table';
import { Told } from './Told';

const PAGES = {
  source: 'sources',
  outbound: 'outbounds',
  registration: 'microsoft/registrations',
} as const;

const COLUMNS: Column<Incident>[] = [
  {
    title: t('incidents.column.what'),
    grow: true,
    cell: ({ sentence, closed_at }) => (
      <>
        <StateLozenge tone={closed_at ? 'default' : 'removed'}>
          {t(closed_at ? 'incidents.closed' : 'incidents.open')}
        </StateLozenge>
        <div>{sentence}</div>
      </>
    ),
  },
  {
    title: t('incidents.column.whose'),
    cell: ({ subject: { kind, id, name } }) => <a href={to(`${PAGES[kind]}/${id}`)}>{name}</a>,
  },
  { title: t('incidents.column.span'), cell: spanOf },
  { title: t('incidents.column.told'), cell: ({ alerts }) => <Told alerts={alerts} /> },
];

export function IncidentTable({ incidents }: { incidents: Incident[] }) {
  return (
    <Table
      caption={t('incidents.title')}
      columns={COLUMNS}
      rows={incidents}
      rowKey={({ id }) => id}
    />
  );
}

function spanOf({ opened_at, closed_at }: Incident): string {
  const at = fullTime(opened_at);
  if (!closed_at) return t('incidents.since', { at });
  const seconds = (Date.parse(closed_at) - Date.parse(opened_at)) / 1000;
  return t('incidents.lasted', { at, span: duration(seconds) });
}
