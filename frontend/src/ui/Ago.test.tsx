import { act, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { Ago } from './Ago';

it('counts from the moment it is shown, and goes on', () => {
  vi.useFakeTimers();
  // The module was loaded long before anything is shown.
  vi.setSystemTime(Date.now() + 60_000);
  render(<Ago at={new Date().toISOString()} />);
  expect(screen.getByText('just now')).toBeVisible();
  act(() => vi.advanceTimersByTime(20_000));
  expect(screen.getByText('20 sec. ago')).toBeVisible();
});

it('has a word for never', () => {
  render(<Ago at={null} />);
  expect(screen.getByText('never')).toBeVisible();
});
