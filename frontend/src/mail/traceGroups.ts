import type { TraceStep } from '../api/types';

export interface TraceGroup {
  step: string;
  at: string | null;
  rules: TraceStep[];
}

/** The trace by steps: rules that were looked at in one go stand together. */
export function traceGroups(trace: TraceStep[]): TraceGroup[] {
  const groups: TraceGroup[] = [];
  for (const rule of trace) {
    const last = groups.at(-1);
    if (last?.step === rule.step) last.rules.push(rule);
    else groups.push({ step: rule.step, at: rule.at, rules: [rule] });
  }
  return groups;
}
