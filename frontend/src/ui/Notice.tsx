import SectionMessage from '@atlaskit/section-message';
import type { ReactNode } from 'react';
import { Stack } from './Stack';

interface NoticeProps {
  tone: 'information' | 'warning' | 'success' | 'error';
  title: string;
  children?: ReactNode;
}

/** Something to know before anything else on the page. */
export function Notice({ tone, title, children }: NoticeProps) {
  return (
    <SectionMessage appearance={tone} title={title}>
      <Stack gap="small">{children}</Stack>
    </SectionMessage>
  );
}
