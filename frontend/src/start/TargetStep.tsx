import Button from '@atlaskit/button/new';
import { type FormEvent, useState } from 'react';
import { useChangeSource } from '../api/connections';
import type { Source } from '../api/types';
import { type ChosenTarget, TargetFields } from '../connection/TargetFields';
import { targetText } from '../connection/targetText';
import { t } from '../messages/t';
import { FailureMessage } from '../ui/FailureMessage';
import { Row } from '../ui/Row';
import { Stack } from '../ui/Stack';

interface TargetStepProps {
  source: Source;
  changing: boolean;
  onChanging: (changing: boolean) => void;
}

/** "Where should its mail go?" */
export function TargetStep({ source, changing, onChanging }: TargetStepProps) {
  const change = useChangeSource(source.id);
  const [target, setTarget] = useState<ChosenTarget | null>(source.target);
  if (!changing) {
    return (
      <Row>
        <span>{targetText(source.target)}</span>
        <Button spacing="compact" onClick={() => onChanging(true)}>
          {t('setup.target.change')}
        </Button>
      </Row>
    );
  }
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!target) return;
    const { project_id, issue_type_id } = target;
    change.mutate({ project_id, issue_type_id }, { onSuccess: () => onChanging(false) });
  };
  return (
    <form onSubmit={save}>
      <Stack>
        <TargetFields chosen={target} onChoose={setTarget} />
        <Row>
          <Button
            appearance="primary"
            type="submit"
            isDisabled={!target}
            isLoading={change.isPending}
          >
            {t('setup.target.save')}
          </Button>
        </Row>
        {change.error && <FailureMessage error={change.error} title={t('failure.action.title')} />}
      </Stack>
    </form>
  );
}
