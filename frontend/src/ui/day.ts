/** A day as a date input gives it (`2026-05-02`), told as the moment it began here. */
export function startOfDay(day: string): string {
  return new Date(`${day}T00:00:00`).toISOString();
}

/** The moment at which a day is over here. */
export function endOfDay(day: string): string {
  const end = new Date(`${day}T00:00:00`);
  end.setDate(end.getDate() + 1);
  return end.toISOString();
}

export function isPastDay(day: string, now = new Date()): boolean {
  const start = new Date(`${day}T00:00:00`);
  return !Number.isNaN(start.getTime()) && start <= now;
}
