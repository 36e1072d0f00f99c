/** A day as a date input gives it (`2026-05-02`), told as the moment it began here. */
export function startOfDay(day: string): string {
  return new Date(`${day}T00:00:00`).toISOString();
}

export function isPastDay(day: string, now = new Date()): boolean {
  const start = new Date(`${day}T00:00:00`);
  return !Number.isNaN(start.getTime()) && start <= now;
}
