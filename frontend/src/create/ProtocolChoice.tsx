import type { Protocol } from '../api/types';
import { EWS_END } from '../connection/ews';
import { t } from '../messages/t';
import { dayOf } from '../messages/time';
import { Choice } from '../ui/Choice';
import { Notice } from '../ui/Notice';

const PROTOCOLS = ['graph', 'ews'] as const satisfies Protocol[];

interface ProtocolChoiceProps {
  value: Protocol;
  onChoose: (protocol: Protocol) => void;
}

export function ProtocolChoice({ value, onChoose }: ProtocolChoiceProps) {
  return (
    <>
      <Choice
        label={t('connection.protocol')}
        value={value}
        options={PROTOCOLS.map((one) => ({ value: one, label: t(`connection.protocol.${one}`) }))}
        onChoose={onChoose}
      />
      {value === 'ews' && (
        <Notice tone="warning" title={t('ews.ends', { when: dayOf(EWS_END) })}>
          <p>{t('ews.ends.text')}</p>
        </Notice>
      )}
    </>
  );
}
