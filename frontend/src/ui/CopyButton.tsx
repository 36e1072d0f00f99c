import Button from '@atlaskit/button/new';
import CopyIcon from '@atlaskit/icon/core/copy';
import { useState } from 'react';
import { t } from '../messages/t';
import { copyText } from './copyText';

interface CopyButtonProps {
  text: string;
  label?: string;
}

export function CopyButton({ text, label = t('common.copy') }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const copy = async () => setCopied(await copyText(text));
  return (
    <Button spacing="compact" iconBefore={CopyIcon} onClick={copy}>
      <span aria-live="polite">{copied ? t('common.copied') : label}</span>
    </Button>
  );
}
