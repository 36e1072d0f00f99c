import Button from '@atlaskit/button/new';
import Modal, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import { type FormEvent, useId, useState } from 'react';
import { useChangeSource } from '../api/connections';
import type { ChangeSource, Source } from '../api/types';
import { t } from '../messages/t';
import { FailureMessage } from '../ui/FailureMessage';
import { SelectField } from '../ui/SelectField';
import { Stack } from '../ui/Stack';
import { TextField } from '../ui/TextField';
import { FolderTree } from './FolderTree';
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
  const [folder, setFolder] = useState(source.settle_folder?.id ?? null);
  const [category, setCategory] = useState(source.settle_category ?? '');
  const form = useId();
  const edited = { settle, folder, category };

  const save = (event: FormEvent) => {
    event.preventDefault();
    const where = target
      ? { project_id: target.project_id, issue_type_id: target.issue_type_id }
      : {};
    change.mutate({ name, ...settled(source, edited), ...where }, { onSuccess: onClose });
  };

  return (
    <Modal onClose={onClose} width="medium">
      <ModalHeader>
        <ModalTitle>{t('edit.title', { name: source.name })}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <form id={form} onSubmit={save}>
          <Stack>
            <TextField
              label={t('edit.name')}
              required
              maxLength={100}
              value={name}
              onChange={setName}
            />
            <TargetFields chosen={target} onChoose={setTarget} />
            <SelectField
              label={t('edit.settle')}
              options={settleOptions()}
              value={settle}
              onChoose={setSettle}
            />
            {settle === 'move' && (
              <FolderTree
                sourceId={source.id}
                label={t('edit.settle.folder')}
                chosen={folder}
                onChoose={({ id }) => setFolder(id)}
              />
            )}
            {settle === 'categorise' && (
              <TextField
                label={t('edit.settle.category')}
                hint={t('edit.settle.category.hint')}
                maxLength={255}
                value={category}
                onChange={setCategory}
              />
            )}
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

interface Edited {
  settle: Source['settle'];
  folder: string | null;
  category: string;
}

/** Only what is new: a folder is looked up in the mailbox, which may be out of reach just now. */
function settled(source: Source, { settle, folder, category }: Edited): ChangeSource {
  const known = source.settle_folder?.id ?? null;
  return {
    ...(settle === source.settle ? {} : { settle }),
    ...(settle === 'move' && folder && folder !== known ? { settle_folder_id: folder } : {}),
    ...(settle === 'categorise' && category !== (source.settle_category ?? '')
      ? { settle_category: category || null }
      : {}),
  };
}
