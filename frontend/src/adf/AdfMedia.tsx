import { t } from '../messages/t';
import { type AdfNode, textAttr } from './node';

/**
 * A picture or file, by name. The picture itself is not shown: it lies in Jira behind a login, and
 * one from elsewhere would tell its server that the mail was looked at.
 */
export function AdfMedia({ node }: { node: AdfNode }) {
  const name = textAttr(node.attrs, 'alt') || textAttr(node.attrs, 'url') || node.type;
  return <em>{t('adf.media', { name })}</em>;
}
