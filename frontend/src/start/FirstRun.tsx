import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import { t } from '../messages/t';
import { FailureMessage } from '../ui/FailureMessage';
import { Stack } from '../ui/Stack';
import styles from './FirstRun.module.css';
import { OpenLinks } from './OpenLinks';
import { OtherWays } from './OtherWays';
import { useStartSignIn } from './useStartSignIn';

/** The one card that a new site sees. */
export function FirstRun() {
  const signIn = useStartSignIn();
  return (
    <Stack>
      <section className={styles.card} aria-labelledby="first-run">
        <Heading size="large" as="h1" id="first-run">
          {t('start.card.title')}
        </Heading>
        <p>{t('start.card.text')}</p>
        <Button
          appearance="primary"
          isLoading={signIn.isPending}
          onClick={() => signIn.start({ purpose: 'both' })}
        >
          {t('messaging.signIn')}
        </Button>
        {signIn.error && <FailureMessage error={signIn.error} title={t('failure.action.title')} />}
        <div className={styles.folds}>
          <OtherWays purpose="both" />
        </div>
      </section>
      <OpenLinks />
    </Stack>
  );
}
