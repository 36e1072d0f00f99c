import Button from '@atlaskit/button/new';
import { RadioGroup } from '@atlaskit/radio';
import Textfield from '@atlaskit/textfield';
import { type FormEvent, useId, useState } from 'react';
import { useChangeSource } from '../api/connections';
import type { Source } from '../api/types';
import { t } from '../messages/t';
import { isPastDay, startOfDay } from '../ui/day';
import { FailureMessage } from '../ui/FailureMessage';
import { Field } from '../ui/Field';
import { Row } from '../ui/Row';
import { Stack } from '../ui/Stack';

const CHOICES = ['now', 'date', 'everything'] as const;
type Choice = (typeof CHOICES)[number];

interface StartFromFormProps {
  source: Source;
  started: boolean;
  onStarted: () => void;
}

/** "From when?": now, a day, everything. */
export function StartFromForm({ source, started, onStarted }: StartFromFormProps) {
  const change = useChangeSource(source.id);
  const [choice, setChoice] = useState<Choice>('now');
  const [day, setDay] = useState('');
  const [wrong, setWrong] = useState(false);
  const label = useId();
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
        <span id={label} hidden>
          {t('setup.from')}
        </span>
        <RadioGroup
          aria-labelledby={label}
          name="start-from"
          value={choice}
          options={CHOICES.map((value) => ({ value, label: t(`setup.from.${value}`) }))}
          onChange={(event) => setChoice(choiceOf(event.currentTarget.value))}
        />
        {choice === 'date' ? (
          <Field
            label={t('setup.from.date.label')}
            error={wrong ? t('setup.from.invalid') : undefined}
          >
            {({ id, describedBy }) => (
              <Textfield
                id={id}
                type="date"
                width="small"
                aria-describedby={describedBy}
                isInvalid={wrong}
                value={day}
                onChange={(event) => setDay(event.currentTarget.value)}
              />
            )}
          </Field>
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

function choiceOf(value: string): Choice {
  return CHOICES.find((choice) => choice === value) ?? 'now';
}
