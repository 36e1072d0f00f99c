import type { ReactNode } from 'react';
import { AdfLink } from './AdfLink';
import { type AdfMark, type AdfNode, textAttr } from './node';

/** A text with its marks, the first mark outermost. */
export function AdfText({ node }: { node: AdfNode }) {
  return <>{node.marks.reduceRight<ReactNode>(marked, node.text)}</>;
}

function marked(inner: ReactNode, mark: AdfMark): ReactNode {
  switch (mark.type) {
    case 'strong':
      return <strong>{inner}</strong>;
    case 'em':
      return <em>{inner}</em>;
    case 'underline':
      return <u>{inner}</u>;
    case 'strike':
      return <s>{inner}</s>;
    case 'code':
      return <code>{inner}</code>;
    case 'subsup':
      return textAttr(mark.attrs, 'type') === 'sub' ? <sub>{inner}</sub> : <sup>{inner}</sup>;
    case 'link':
      return <AdfLink href={textAttr(mark.attrs, 'href')}>{inner}</AdfLink>;
    default:
      // Colours and the like: the words matter here, and colours may not suit the theme.
      return inner;
  }
}
