import type { Hour } from '../api/types';
import { t } from '../messages/t';
import { fullTime } from '../messages/time';
import { type Column, Table } from '../ui/Table';
import { SERIES } from './hours';

export function HoursTable({ hours }: { hours: Hour[] }) {
  const columns: Column<Hour>[] = [
    { title: t('overview.hours.hour'), cell: ({ hour }) => fullTime(hour) },
    ...SERIES.map((series) => ({
      title: t(`mail.state.${series}`),
      numeric: true,
      cell: (hour: Hour) => hour[series],
    })),
  ];
  return (
    <Table
      caption={t('overview.hours')}
      columns={columns}
      rows={hours}
      rowKey={({ hour }) => hour}
    />
  );
}
