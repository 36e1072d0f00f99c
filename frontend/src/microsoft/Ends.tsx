import Lozenge from '@atlaskit/lozenge';
import type { ExpiryDate } from '../api/types';
import { t } from '../messages/t';
import { dayOf } from '../messages/time';
import { to } from '../router/location';
import { type Column, Table } from '../ui/Table';
import { useNow } from '../ui/useNow';
import { EndsCalendar } from './EndsCalendar';
import { marksOf } from './ends';

const APPEARANCE = { info: 'default', warning: 'moved', danger: 'removed' } as const;
const PAGES: Record<string, string> = {
  source: 'sources',
  outbound: 'outbounds',
  registration: 'microsoft/registrations',
};

const COLUMNS: Column<ExpiryDate>[] = [
  { title: t('microsoft.ends.column.when'), cell: ({ at }) => dayOf(at) },
  {
    title: t('microsoft.ends.column.what'),
    grow: true,
    cell: ({ kind, sentence, severity }) => (
      <>
        {t(`microsoft.ends.kind.${kind}`)}{' '}
        <Lozenge appearance={APPEARANCE[severity]}>{t(`microsoft.severity.${severity}`)}</Lozenge>
        <div>{sentence}</div>
      </>
    ),
  },
  { title: t('microsoft.ends.column.whose'), cell: ({ subject }) => <Whose subject={subject} /> },
];

/** What ends when: as a picture of the next months, and as a list of everything. */
export function Ends({ ends }: { ends: ExpiryDate[] }) {
  const marks = marksOf(ends, useNow());
  return (
    <>
      {marks.length === 0 ? <p>{t('microsoft.ends.none')}</p> : <EndsCalendar marks={marks} />}
      {ends.length > 0 && (
        <Table
          caption={t('microsoft.ends')}
          columns={COLUMNS}
          rows={ends}
          rowKey={({ kind, subject, at }) => `${kind}/${subject.id}/${at}`}
        />
      )}
    </>
  );
}

function Whose({ subject: { kind, id, name } }: Pick<ExpiryDate, 'subject'>) {
  const page = PAGES[kind];
  return page ? <a href={to(`${page}/${id}`)}>{name}</a> : <span>{name}</span>;
}
