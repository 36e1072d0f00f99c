interface Span {
  days?: number;
  hours?: number;
  minutes?: number;
  seconds?: number;
}

/** A moment so long before now. */
export function before({ days = 0, hours = 0, minutes = 0, seconds = 0 }: Span): string {
  const span = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  return new Date(Date.now() - span).toISOString();
}
