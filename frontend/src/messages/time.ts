import { locale, t } from './t';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' });
const hour = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false });

/** "3 min. ago", "in 20 sec.", and the date when it is longer ago than a week. */
export function ago(at: Date, now: Date): string {
  const distance = at.getTime() - now.getTime();
  const size = Math.abs(distance);
  if (size < 5_000) return t('time.now');
  if (size < MINUTE) return relative.format(Math.round(distance / 1000), 'second');
  if (size < HOUR) return relative.format(Math.round(distance / MINUTE), 'minute');
  if (size < DAY) return relative.format(Math.round(distance / HOUR), 'hour');
  if (size < 7 * DAY) return relative.format(Math.round(distance / DAY), 'day');
  return day.format(at);
}

export function fullTime(at: string): string {
  return full.format(new Date(at));
}

export function dayOf(at: string): string {
  return day.format(new Date(at));
}

export function hourOf(at: string): string {
  return hour.format(new Date(at));
}

/** "4 d 3 h", "3 h 12 min", "20 s": a span in its two largest units. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor((whole % 86_400) / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  if (days > 0) return t('time.days', { days, hours });
  if (hours > 0) return t('time.hours', { hours, minutes });
  if (minutes > 0) return t('time.minutes', { minutes });
  return t('time.seconds', { seconds: whole });
}

/** "May 2026", for lists of days in order. */
export function monthOf(at: string): string {
  return month.format(new Date(at));
}
