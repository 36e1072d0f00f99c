import type { Source } from '../api/types';
import { t } from '../messages/t';

/** "Task in Support (SUP)". */
export function targetText(target: Source['target']): string {
  if (!target) return t('messaging.target.none');
  return t('setup.target.value', {
    type: target.issue_type_name,
    project: target.project_name,
    key: target.project_key,
  });
}
