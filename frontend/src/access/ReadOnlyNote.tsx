import SectionMessage from '@atlaskit/section-message';
import { t } from '../messages/t';

/** Why there are no buttons. */
export function ReadOnlyNote() {
  return (
    <SectionMessage>
      <p>{t('access.readOnly')}</p>
    </SectionMessage>
  );
}
