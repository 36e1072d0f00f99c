import type { Delivery, Tone } from '../api/types';
import { t } from '../messages/t';
import { fullTime } from '../messages/time';
import { StateLozenge } from '../ui/StateLozenge';
import styles from './AttachmentList.module.css';

const TONES: Record<Delivery['state'], Tone> = {
  tried: 'moved',
  done: 'success',
  refused: 'removed',
};

/** Each call to Jira and how it ended. */
export function DeliveryList({ deliveries }: { deliveries: Delivery[] }) {
  return (
    <ul className={styles.list}>
      {deliveries.map((delivery) => (
        <li key={`${delivery.kind} ${delivery.target} ${delivery.at}`}>
          <div>
            {t(`mail.delivery.${delivery.kind}`)}{' '}
            {delivery.target !== delivery.kind && delivery.target}{' '}
            <StateLozenge tone={TONES[delivery.state]}>
              {t(`mail.delivery.${delivery.state}`)}
            </StateLozenge>
          </div>
          <span className={styles.note}>
            {[fullTime(delivery.at), delivery.jira_id, delivery.detail].filter(Boolean).join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
