import type { ReactNode } from 'react';
import { t } from '../messages/t';
import { Card } from '../ui/Card';
import { StateLozenge } from '../ui/StateLozenge';

const TONES = { done: 'success', current: 'inprogress', todo: 'default' } as const;

interface SetupStepProps {
  title: string;
  state: keyof typeof TONES;
  children: ReactNode;
}

export function SetupStep({ title, state, children }: SetupStepProps) {
  return (
    <Card
      title={title}
      aside={<StateLozenge tone={TONES[state]}>{t(`setup.step.${state}`)}</StateLozenge>}
    >
      {children}
    </Card>
  );
}
