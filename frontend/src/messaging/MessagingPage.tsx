import { LinkButton } from '@atlaskit/button/new';
import Tabs, { Tab, TabList, TabPanel } from '@atlaskit/tabs';
import { t } from '../messages/t';
import { go, to } from '../router/location';
import { OpenLinks } from '../start/OpenLinks';
import { OtherWays } from '../start/OtherWays';
import { SignInButton } from '../start/SignInButton';
import { PageHeader } from '../ui/PageHeader';
import { Stack } from '../ui/Stack';
import { OutboundsTab } from './OutboundsTab';
import { SourcesTab } from './SourcesTab';

const TABS = ['sources', 'outbounds'] as const;
export type MessagingTab = (typeof TABS)[number];

/** Which mailboxes, and are they well? */
export function MessagingPage({ tab }: { tab: MessagingTab }) {
  const purpose = tab === 'sources' ? 'both' : 'outbound';
  return (
    <Stack>
      <PageHeader
        title={t('messaging.title')}
        question={t('messaging.question')}
        // Who connects a mailbox to receive wants to answer from it, too.
        actions={
          <>
            <SignInButton purpose={purpose} />
            <LinkButton href={to('create', { purpose })}>{t('messaging.create')}</LinkButton>
          </>
        }
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
      <OpenLinks />
      <div>
        <OtherWays purpose={purpose} />
      </div>
    </Stack>
  );
}
