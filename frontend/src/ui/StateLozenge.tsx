import Lozenge from '@atlaskit/lozenge';
import type { Tone } from '../api/types';

interface StateLozengeProps {
  tone: Tone;
  children: string;
}

/** A state as a colour with its word. */
export function StateLozenge({ tone, children }: StateLozengeProps) {
  return (
    <Lozenge appearance={tone} maxWidth={220}>
      {children}
    </Lozenge>
  );
}
