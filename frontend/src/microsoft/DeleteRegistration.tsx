import Button from '@atlaskit/button/new';
import { useState } from 'react';
import { useRemoveRegistration } from '../api/registrations';
import type { Registration } from '../api/types';
import { t } from '../messages/t';
import { Confirm } from '../ui/Confirm';

export function DeleteRegistration({ registration: { id, name } }: { registration: Registration }) {
  const [asks, setAsks] = useState(false);
  const remove = useRemoveRegistration(id);
  return (
    <>
      <Button spacing="compact" onClick={() => setAsks(true)}>
        {t('registration.delete')}
      </Button>
      {asks && (
        <Confirm
          danger
          title={t('registration.delete.title', { name })}
          kept={t('registration.delete.kept')}
          lost={t('registration.delete.lost')}
          confirm={t('registration.delete')}
          isLoading={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate()}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  );
}
