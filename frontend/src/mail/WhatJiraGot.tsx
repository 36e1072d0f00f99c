import { AdfDocument } from '../adf/AdfDocument';
import type { MailDetail } from '../api/types';
import { t } from '../messages/t';
import { Card } from '../ui/Card';
import { LinkOut } from '../ui/LinkOut';
import styles from './AsItCame.module.css';
import { DeliveryList } from './DeliveryList';
import jira from './WhatJiraGot.module.css';

/** Third column: the text as Jira shows it, and every call that was made. */
export function WhatJiraGot({ mail }: { mail: MailDetail }) {
  const nothing = !mail.adf && mail.deliveries.length === 0;
  return (
    <Card title={t('mail.jira')}>
      {nothing && <p>{t('mail.jira.none')}</p>}
      {mail.issue_url && mail.issue_key && (
        <LinkOut href={mail.issue_url}>{t('common.openJira', { key: mail.issue_key })}</LinkOut>
      )}
      {mail.adf !== null && mail.adf !== undefined && (
        <div className={jira.text}>
          <AdfDocument document={mail.adf} />
        </div>
      )}
      {mail.deliveries.length > 0 && (
        <>
          <h3 className={styles.title}>{t('mail.deliveries')}</h3>
          <DeliveryList deliveries={mail.deliveries} />
        </>
      )}
    </Card>
  );
}
