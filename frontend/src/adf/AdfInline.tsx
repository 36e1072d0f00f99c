import { t } from '../messages/t';
import { AdfChildren } from './AdfChildren';
import { AdfLink } from './AdfLink';
import { AdfText } from './AdfText';
import { type AdfNode, textAttr } from './node';

export function AdfInline({ node }: { node: AdfNode }) {
  switch (node.type) {
    case 'text':
      return <AdfText node={node} />;
    case 'hardBreak':
      return <br />;
    case 'mention':
    case 'emoji':
      return <>{textAttr(node.attrs, 'text') || textAttr(node.attrs, 'shortName')}</>;
    case 'inlineCard':
    case 'blockCard': {
      const url = textAttr(node.attrs, 'url');
      return <AdfLink href={url}>{url}</AdfLink>;
    }
    default:
      if (node.content.length > 0) return <AdfChildren nodes={node.content} />;
      return <>{t('adf.unknown', { kind: node.type })}</>;
  }
}
