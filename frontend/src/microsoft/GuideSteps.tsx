import { type GuideCase, useGuide } from '../api/registrations';
import { t } from '../messages/t';
import { Card } from '../ui/Card';
import { Copyable } from '../ui/Copyable';
import { LinkOut } from '../ui/LinkOut';
import { Loaded } from '../ui/Loaded';
import { Skeleton } from '../ui/Skeleton';
import { Stack } from '../ui/Stack';

/** The steps at Microsoft for just this case. */
export function GuideSteps({ of }: { of: GuideCase }) {
  const guide = useGuide(of);
  return (
    <Card title={t('registration.guide')}>
      <Loaded query={guide} skeleton={<Skeleton lines={6} />}>
        {({ redirect_uri, steps }) => (
          <Stack>
            <Copyable label={t('registration.guide.redirect')} text={redirect_uri} />
            <ol>
              {steps.map(({ title, text, copy, url }) => (
                <li key={title}>
                  <Stack gap="small">
                    <strong>{title}</strong>
                    <p>{text}</p>
                    {copy && <Copyable label={title} text={copy} />}
                    {url && <LinkOut href={url}>{t('registration.guide.open')}</LinkOut>}
                  </Stack>
                </li>
              ))}
            </ol>
          </Stack>
        )}
      </Loaded>
    </Card>
  );
}
