import Button from '@atlaskit/button/new';
import { type FormEvent, useState } from 'react';
import { useChangeSource } from '../api/connections';
import type { Source } from '../api/types';
import { t } from '../messages/t';
import { Choice } from '../ui/Choice';
import { isPastDay, startOfDay } from '../ui/day';
import { FailureMessage } from '../ui/FailureMessage';
import { Row } from '../ui/Row';
import { Stack } from '../ui/Stack';
import { TextField } from '../ui/TextField';

const CHOICES = ['now', 'date', 'everything'] as const;
type From = (typeof CHOICES)[number];

interface StartFromFormProps {
  source: Source;
  started: boolean;
  onStarted: () => void;
}

/** "From when?": now, a day, everything. */
export function StartFromForm({ source, started, onStarted }: StartFromFormProps) {
  const change = useChangeSource(source.id);
  const [choice, setChoice] = useState<From>('now');
  const [day, setDay] = useState('');
  const [wrong, setWrong] = useState(false);
  if (started) return <p>{t('setup.from.saved')}</p>;

  const save = (event: FormEvent) => {
    event.preventDefault();
    const bad = choice === 'date' && !isPastDay(day);
    setWrong(bad);
    if (bad) return;
    const start_from = choice === 'date' ? startOfDay(day) : choice;
    change.mutate({ start_from }, { onSuccess: onStarted });
  };

  return (
    <form onSubmit={save}>
      <Stack gap="small">
        <Choice
          label={t('setup.from')}
          hideLabel
          value={choice}
          options={CHOICES.map((value) => ({ value, label: t(`setup.from.${value}`) }))}
          onChoose={setChoice}
        />
        {choice === 'date' ? (
          <TextField
            label={t('setup.from.date.label')}
            type="date"
            value={day}
            onChange={setDay}
            error={wrong ? t('setup.from.invalid') : undefined}
          />
        ) : (
          <p>{t(`setup.from.${choice}.text`)}</p>
        )}
        <Row>
          <Button appearance="primary" type="submit" isLoading={change.isPending}>
            {t('setup.from.save')}
          </Button>
        </Row>
        {change.error && <FailureMessage error={change.error} title={t('failure.action.title')} />}
      </Stack>
    </form>
  );
}
