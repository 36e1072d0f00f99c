import Button from '@atlaskit/button/new';
import { useEffect, useRef } from 'react';
import { type Kind, usePing } from '../api/connections';
import { t } from '../messages/t';
import { Ago } from '../ui/Ago';
import { FailureMessage } from '../ui/FailureMessage';
import { Row } from '../ui/Row';
import { Stack } from '../ui/Stack';
import { Rights } from './Rights';

interface PingResultProps {
  kind: Kind;
  id: string;
  mailbox: string;
  onOk?: () => void;
}

/** Pings as soon as it is shown, and again on demand. */
export function PingResult({ kind, id, mailbox, onOk }: PingResultProps) {
  const ping = usePing(kind, id);
  const asked = useRef(false);
  const { mutate } = ping;
  useEffect(() => {
    // Effects run twice in React's strict mode; Microsoft is asked once.
    if (asked.current) return;
    asked.current = true;
    mutate();
  }, [mutate]);

  const proven = ping.data?.ok;
  useEffect(() => {
    if (proven) onOk?.();
  }, [proven, onOk]);

  if (ping.error) return <FailureMessage error={ping.error} onRetry={mutate} />;
  const result = ping.isPending ? undefined : ping.data;
  return (
    <Stack gap="small">
      <p role="status">{summary(result?.ok, mailbox)}</p>
      <Rights kind={kind} ping={result} />
      <Row>
        <Button spacing="compact" onClick={() => mutate()} isLoading={!result}>
          {t('ping.again')}
        </Button>
        {result && (
          <small>
            {t('ping.checked')} <Ago at={result.checked_at} />
          </small>
        )}
      </Row>
    </Stack>
  );
}

function summary(ok: boolean | undefined, mailbox: string): string {
  if (ok === undefined) return t('ping.running');
  return t(ok ? 'ping.ok' : 'ping.notOk', { mailbox });
}
