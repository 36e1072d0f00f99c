import { LinkButton } from '@atlaskit/button/new';
import { useMicrosoft } from '../api/microsoft';
import type { MicrosoftOverview } from '../api/types';
import { t } from '../messages/t';
import { to } from '../router/location';
import { Card } from '../ui/Card';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { Skeleton } from '../ui/Skeleton';
import { Stack } from '../ui/Stack';
import { Directories } from './Directories';
import { Ends } from './Ends';
import { OwnRegistration } from './OwnRegistration';
import { RegistrationTable } from './RegistrationTable';

/** What have we agreed with Microsoft? */
export function MicrosoftPage() {
  const microsoft = useMicrosoft();
  return (
    <Stack>
      <PageHeader title={t('microsoft.title')} question={t('microsoft.question')} />
      <Loaded query={microsoft} skeleton={<Skeleton lines={4} size="block" />}>
        {(overview) => <Agreed overview={overview} />}
      </Loaded>
    </Stack>
  );
}

function Agreed({ overview }: { overview: MicrosoftOverview }) {
  return (
    <Stack>
      <Card title={t('microsoft.ends')}>
        <Ends ends={overview.expiries} />
      </Card>
      <Card title={t('microsoft.consent')}>
        <Directories directories={overview.directories} />
      </Card>
      <Card
        title={t('registration.title')}
        aside={
          <LinkButton spacing="compact" href={to('microsoft/registrations/new')}>
            {t('registration.add')}
          </LinkButton>
        }
      >
        <Stack gap="small">
          <p>{t('registration.text')}</p>
          <RegistrationTable registrations={overview.registrations} />
        </Stack>
      </Card>
      <OwnRegistration own={overview.own} />
    </Stack>
  );
}
