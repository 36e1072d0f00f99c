import Button from '@atlaskit/button/new';
import { ModalTransition } from '@atlaskit/modal-dialog';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import { useMoveOffer } from '../api/move';
import { t } from '../messages/t';
import { dayOf } from '../messages/time';
import { go, to, useLocation } from '../router/location';
import { Row } from '../ui/Row';
import { Stack } from '../ui/Stack';
import { MoveModal } from './MoveModal';

/** Offers to take over what the site's Connect app has, and says so when it is done. */
export function MoveOffer() {
  const { data: offer } = useMoveOffer();
  const { query } = useLocation();
  const [asking, setAsking] = useState(false);
  if (query.has('moved')) {
    return (
      <div role="status">
        <SectionMessage appearance="success" title={t('move.done')}>
          <p>{t('move.done.text')}</p>
        </SectionMessage>
      </div>
    );
  }
  if (!offer) return null;
  const { sources, outbounds, mails, since } = offer;
  if (sources + outbounds + mails === 0) return null;
  return (
    <>
      <SectionMessage appearance="discovery" title={t('move.title')}>
        <Stack gap="small">
          <p>{t('move.text', { sources, outbounds, mails, since: dayOf(since) })}</p>
          <Row>
            <Button onClick={() => setAsking(true)}>{t('move.button')}</Button>
          </Row>
        </Stack>
      </SectionMessage>
      <ModalTransition>
        {asking && (
          <MoveModal
            offer={offer}
            onClose={() => setAsking(false)}
            onMoved={() => go(to('', { moved: '1' }), 'replace')}
          />
        )}
      </ModalTransition>
    </>
  );
}
