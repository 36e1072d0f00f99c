import { t } from '../messages/t';
import { Empty } from '../ui/Empty';

/** What is shown when the page was opened by itself, without Jira around it. */
export function OutsideJira() {
  return <Empty title={t('app.outside')} text={t('app.outside.text')} />;
}
