import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { type FormEvent, useState } from 'react';
import { useSendTest } from '../api/outbounds';
import { t } from '../messages/t';
import { Card } from '../ui/Card';
import { FailureMessage } from '../ui/FailureMessage';
import { Field } from '../ui/Field';
import { Row } from '../ui/Row';
import { Stack } from '../ui/Stack';

/** Sends a mail through a message outbound, to see with one's own eyes that it arrives. */
export function TestMail({ id }: { id: string }) {
  const test = useSendTest(id);
  const [recipient, setRecipient] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    test.mutate(recipient);
  };
  return (
    <Card title={t('connection.test')}>
      <form onSubmit={send}>
        <Stack gap="small">
          <Field label={t('connection.test.to')}>
            {(field) => (
              <Textfield
                id={field.id}
                type="email"
                isRequired
                value={recipient}
                onChange={(event) => setRecipient(event.currentTarget.value)}
              />
            )}
          </Field>
          <Row>
            <Button type="submit" isLoading={test.isPending}>
              {t('connection.test.send')}
            </Button>
          </Row>
        </Stack>
      </form>
      {test.data && <p role="status">{t('connection.test.sent', { id: test.data.message_id })}</p>}
      {test.error && <FailureMessage error={test.error} title={t('failure.action.title')} />}
    </Card>
  );
}
