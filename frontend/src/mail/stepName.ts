import { t } from '../messages/t';

const STEPS = ['poll', 'parse', 'understand', 'decide', 'deliver', 'settle'] as const;

/** A step of the trace in words; one that this panel does not know yet by its own name. */
export function stepName(step: string): string {
  const known = STEPS.find((one) => one === step);
  return known ? t(`mail.step.${known}`) : step;
}
