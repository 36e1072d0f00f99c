import { AdfChildren } from './AdfChildren';
import { AdfHeading } from './AdfHeading';
import { AdfInline } from './AdfInline';
import { AdfMedia } from './AdfMedia';
import { AdfPanel } from './AdfPanel';
import { AdfTable } from './AdfTable';
import { type AdfNode, numberAttr, textAttr } from './node';

/** A block node; an unknown one shows at least what is in it. */
export function AdfBlock({ node }: { node: AdfNode }) {
  const children = <AdfChildren nodes={node.content} />;
  switch (node.type) {
    case 'paragraph':
      return <p>{children}</p>;
    case 'heading':
      return <AdfHeading>{children}</AdfHeading>;
    case 'bulletList':
      return <ul>{children}</ul>;
    case 'orderedList':
      return <ol start={numberAttr(node.attrs, 'order')}>{children}</ol>;
    case 'listItem':
      return <li>{children}</li>;
    case 'blockquote':
      return <blockquote>{children}</blockquote>;
    case 'codeBlock':
      return (
        <pre>
          <code>{children}</code>
        </pre>
      );
    case 'rule':
      return <hr />;
    case 'panel':
      return <AdfPanel>{children}</AdfPanel>;
    case 'expand':
    case 'nestedExpand':
      return (
        <details>
          <summary>{textAttr(node.attrs, 'title') || '…'}</summary>
          {children}
        </details>
      );
    case 'table':
      return <AdfTable rows={node.content} />;
    case 'mediaSingle':
    case 'mediaGroup':
      return <div>{children}</div>;
    case 'media':
    case 'mediaInline':
      return <AdfMedia node={node} />;
    default:
      return <AdfInline node={node} />;
  }
}
