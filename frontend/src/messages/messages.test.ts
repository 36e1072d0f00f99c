import { IntlMessageFormat } from 'intl-messageformat';
import { expect, it } from 'vitest';
import { en } from './en';
import { t } from './t';

it('has only texts that are ICU messages', () => {
  for (const text of Object.values(en)) {
    expect(() => new IntlMessageFormat(text, 'en'), text).not.toThrow();
  }
});

it('counts as English does', () => {
  expect(t('mail.attachments', { count: 1 })).toBe('1 attachment');
  expect(t('mail.attachments', { count: 2 })).toBe('2 attachments');
});
