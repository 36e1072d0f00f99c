import Button from '@atlaskit/button/new';
import { type FormEvent, useState } from 'react';
import type { Gap, TakeSignIn } from '../api/types';
import { t } from '../messages/t';
import { duration, fullTime } from '../messages/time';
import { Choice } from '../ui/Choice';
import { isPastDay, startOfDay } from '../ui/day';
import { Notice } from '../ui/Notice';
import { Row } from '../ui/Row';
import { Stack } from '../ui/Stack';
import { TextField } from '../ui/TextField';

const CHOICES = ['all', 'date', 'none'] as const;
type Which = (typeof CHOICES)[number];

interface GapChoiceProps {
  gap: Gap;
  isLoading: boolean;
  onTake: (how: TakeSignIn) => void;
}

/** What came while the mailbox was offline: import all of it, or choose. */
export function GapChoice({ gap, isLoading, onTake }: GapChoiceProps) {
  const [which, setWhich] = useState<Which>('all');
  const [day, setDay] = useState('');
  const [wrong, setWrong] = useState(false);
  const { mails, more, since, offline_seconds } = gap;

  const take = (event: FormEvent) => {
    event.preventDefault();
    const bad = which === 'date' && !isPastDay(day);
    setWrong(bad);
    if (bad) return;
    if (which === 'all') onTake({ import: 'all' });
    else
      onTake({ import: { from: which === 'date' ? startOfDay(day) : new Date().toISOString() } });
  };

  return (
    <form onSubmit={take}>
      <Stack>
        <Notice
          tone="information"
          title={t('gap.title', { span: duration(offline_seconds), mails, more: String(more) })}
        >
          <p>{t('gap.since', { when: fullTime(since) })}</p>
        </Notice>
        <Choice
          label={t('gap.choose')}
          value={which}
          options={CHOICES.map((value) => ({ value, label: t(`gap.${value}`) }))}
          onChoose={setWhich}
        />
        {which === 'date' && (
          <TextField
            label={t('setup.from.date.label')}
            type="date"
            value={day}
            onChange={setDay}
            error={wrong ? t('setup.from.invalid') : undefined}
          />
        )}
        {which === 'none' && <p>{t('gap.none.text')}</p>}
        <Row>
          <Button appearance="primary" type="submit" isLoading={isLoading}>
            {t(`gap.${which}.button`)}
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
