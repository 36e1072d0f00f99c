import Heading from '@atlaskit/heading';
import { type ReactNode, useEffect } from 'react';
import { t } from '../messages/t';
import styles from './PageHeader.module.css';

interface PageHeaderProps {
  title: string;
  /** The page one up, when there is one. */
  back?: { href: string; label: string };
  /** The one question that the page answers. */
  question?: string;
  actions?: ReactNode;
}

export function PageHeader({ title, back, question, actions }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} – ${t('app.name')}`;
  }, [title]);
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        {back && (
          <a className={styles.back} href={back.href}>
            {t('common.back', { page: back.label })}
          </a>
        )}
        <Heading size="large" as="h1">
          {title}
        </Heading>
        {question && <p className={styles.question}>{question}</p>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
