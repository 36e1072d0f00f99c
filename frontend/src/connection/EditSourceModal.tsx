import Button from '@atlaskit/button/new';
import Modal, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import Select from '@atlaskit/select';
import Textfield from '@atlaskit/textfield';
import { type FormEvent, useId, useState } from 'react';
import { useChangeSource } from '../api/connections';
import type { Source } from '../api/types';
import { t } from '../messages/t';
import { FailureMessage } from '../ui/FailureMessage';
import { Field } from '../ui/Field';
import { Stack } from '../ui/Stack';
import { settleOptions } from './settle';
import { type ChosenTarget, TargetFields } from './TargetFields';

interface EditSourceModalProps {
  source: Source;
  onClose: () => void;
}

export function EditSourceModal({ source, onClose }: EditSourceModalProps) {
  const change = useChangeSource(source.id);
  const [name, setName] = useState(source.name);
  const [settle, setSettle] = useState(source.settle);
  const [target, setTarget] = useState<ChosenTarget | null>(source.target);
  const form = useId();
  const options = settleOptions();

  const save = (event: FormEvent) => {
    event.preventDefault();
    const where = target
      ? { project_id: target.project_id, issue_type_id: target.issue_type_id }
      : {};
    change.mutate({ name, settle, ...where }, { onSuccess: onClose });
  };

  return (
    <Modal onClose={onClose} width="medium">
      <ModalHeader>
        <ModalTitle>{t('edit.title', { name: source.name })}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <form id={form} onSubmit={save}>
          <Stack>
            <Field label={t('edit.name')}>
              {({ id }) => (
                <Textfield
                  id={id}
                  value={name}
                  isRequired
                  maxLength={100}
                  onChange={(event) => setName(event.currentTarget.value)}
                />
              )}
            </Field>
            <TargetFields chosen={target} onChoose={setTarget} />
            <Field label={t('edit.settle')}>
              {({ id }) => (
                <Select
                  inputId={id}
                  options={options}
                  value={options.find(({ value }) => value === settle) ?? null}
                  onChange={(option) => option && setSettle(option.value)}
                  menuPosition="fixed"
                />
              )}
            </Field>
            {change.error && (
              <FailureMessage error={change.error} title={t('failure.action.title')} />
            )}
          </Stack>
        </form>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button appearance="primary" type="submit" form={form} isLoading={change.isPending}>
          {t('common.save')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
