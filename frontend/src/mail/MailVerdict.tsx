import type { MailDetail } from '../api/types';
import { t } from '../messages/t';
import { LinkOut } from '../ui/LinkOut';
import { Row } from '../ui/Row';
import { MailStateLozenge } from './MailStateLozenge';

/** What became of the mail, in one line. */
export function MailVerdict({ mail }: { mail: MailDetail }) {
  const { state, reason, issue_key, issue_url } = mail;
  return (
    <Row>
      <MailStateLozenge state={state} />
      <span>{reason}</span>
      {issue_key && issue_url && (
        <LinkOut href={issue_url}>{t('common.openJira', { key: issue_key })}</LinkOut>
      )}
    </Row>
  );
}
