import Tabs, { Tab, TabList, TabPanel } from '@atlaskit/tabs';
import { t } from '../messages/t';
import { go, to } from '../router/location';
import { SignInButton } from '../start/SignInButton';
import { PageHeader } from '../ui/PageHeader';
import { Stack } from '../ui/Stack';
import { OutboundsTab } from './OutboundsTab';
import { SourcesTab } from './SourcesTab';

const TABS = ['sources', 'outbounds'] as const;
export type MessagingTab = (typeof TABS)[number];

/** Which mailboxes, and are they well? */
export function MessagingPage({ tab }: { tab: MessagingTab }) {
  return (
    <Stack>
      <PageHeader
        title={t('messaging.title')}
        question={t('messaging.question')}
        // Who connects a mailbox to receive wants to answer from it, too.
        actions={<SignInButton purpose={tab === 'sources' ? 'both' : 'outbound'} />}
      />
      <Tabs
        id="messaging"
        selected={TABS.indexOf(tab)}
        onChange={(index) => go(to(`messaging/${TABS[index] ?? 'sources'}`))}
        shouldUnmountTabPanelOnChange
      >
        <TabList>
          <Tab>{t('messaging.sources')}</Tab>
          <Tab>{t('messaging.outbounds')}</Tab>
        </TabList>
        <TabPanel>
          <SourcesTab />
        </TabPanel>
        <TabPanel>
          <OutboundsTab />
        </TabPanel>
      </Tabs>
    </Stack>
  );
}
