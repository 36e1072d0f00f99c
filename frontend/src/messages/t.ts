import { IntlMessageFormat } from 'intl-messageformat';
import { en } from './en';

export type MessageKey = keyof typeof en;
export type Messages = Record<MessageKey, string>;
export type Values = Record<string, string | number>;

const LOCALES: Record<string, Messages> = { en };
const FALLBACK = 'en';

/** The language of the panel, and of its dates and numbers. */
export const locale = pickLocale();

const formats = new Map<MessageKey, IntlMessageFormat>();

/** A text of the panel in the reader's language. */
export function t(key: MessageKey, values?: Values): string {
  let format = formats.get(key);
  if (!format) {
    format = new IntlMessageFormat((LOCALES[locale] ?? en)[key], locale);
    formats.set(key, format);
  }
  const text = format.format(values);
  return typeof text === 'string' ? text : String(text);
}

function pickLocale(): string {
  const wanted = navigator.languages.map((language) => language.split('-')[0] ?? '');
  return wanted.find((language) => language in LOCALES) ?? FALLBACK;
}
