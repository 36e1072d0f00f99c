import Tabs, { Tab, TabList, TabPanel } from '@atlaskit/tabs';
import { t } from '../messages/t';
import { NotificationsTab } from '../notifications/NotificationsTab';
import { go, to } from '../router/location';
import { PageHeader } from '../ui/PageHeader';
import { Stack } from '../ui/Stack';
import { MailLog } from './MailLog';

const TABS = ['mail', 'notifications'] as const;
export type MailTab = (typeof TABS)[number];

/** What happened to this mail? Received mails, and the mails that issues sent. */
export function MailPage({ tab }: { tab: MailTab }) {
  return (
    <Stack>
      <PageHeader title={t('mail.title')} question={t('mail.question')} />
      <Tabs
        id="mail"
        selected={TABS.indexOf(tab)}
        onChange={(index) => go(to(TABS[index] ?? 'mail'))}
        shouldUnmountTabPanelOnChange
      >
        <TabList>
          <Tab>{t('mail.tab.received')}</Tab>
          <Tab>{t('mail.tab.notifications')}</Tab>
        </TabList>
        <TabPanel>
          <MailLog />
        </TabPanel>
        <TabPanel>
          <NotificationsTab />
        </TabPanel>
      </Tabs>
    </Stack>
  );
}
