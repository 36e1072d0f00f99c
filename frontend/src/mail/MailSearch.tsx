import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { type FormEvent, useState } from 'react';
import type { MailFilter } from '../api/mails';
import { t } from '../messages/t';
import { go, to } from '../router/location';
import styles from './MailSearch.module.css';

export function MailSearch({ filter }: { filter: MailFilter }) {
  const [text, setText] = useState(filter.q ?? '');
  const search = (event: FormEvent) => {
    event.preventDefault();
    go(to('mail', { ...filter, q: text.trim() }));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is not known to all screen readers yet
    <form role="search" onSubmit={search} className={styles.search}>
      <Textfield
        isCompact
        type="search"
        aria-label={t('mail.search.label')}
        placeholder={t('mail.search.label')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit">{t('mail.search')}</Button>
    </form>
  );
}
