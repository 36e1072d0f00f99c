import type { Directory } from '../api/types';
import { t } from '../messages/t';
import { Empty } from '../ui/Empty';
import { type Column, Table } from '../ui/Table';

const COLUMNS: Column<Directory>[] = [
  {
    title: t('microsoft.directory'),
    grow: true,
    cell: ({ directory_id }) => <code>{directory_id}</code>,
  },
  { title: t('microsoft.directory.cloud'), cell: ({ cloud }) => t(`microsoft.cloud.${cloud}`) },
  {
    title: t('microsoft.directory.consent'),
    cell: ({ consent }) => t(`microsoft.consent.${consent}`),
  },
  { title: t('microsoft.directory.grants'), numeric: true, cell: ({ grants }) => grants },
  {
    title: t('microsoft.directory.connections'),
    numeric: true,
    cell: ({ connections }) => connections,
  },
];

/** Who has allowed Postroom what it does, organisation by organisation. */
export function Directories({ directories }: { directories: Directory[] }) {
  if (directories.length === 0) {
    return <Empty title={t('microsoft.consent.none')} text={t('microsoft.consent.none.text')} />;
  }
  return (
    <Table
      caption={t('microsoft.consent')}
      columns={COLUMNS}
      rows={directories}
      rowKey={({ cloud, directory_id }) => `${cloud}/${directory_id}`}
    />
  );
}
