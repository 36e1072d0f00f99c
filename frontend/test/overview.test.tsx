import { within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { aWorld } from './fake/aWorld';
import { renderPanel } from './renderPanel';

describe('the overview', () => {
  it('answers with a sentence and the word of its colour', async () => {
    const { screen } = renderPanel('#/');
    expect(await screen.findByText(/1 of 2 mailboxes needs/)).toBeVisible();
    expect(screen.getByText('Needs attention')).toBeVisible();
    expect(
      screen.getByRole('link', { name: '2 message sources, 1 message outbound' }),
    ).toBeVisible();
    expect(screen.getByText('1,197 of 1,204 accounted for; 7 are waiting.')).toBeVisible();
  });

  it('leads to what needs a person', async () => {
    const { screen } = renderPanel('#/');
    const link = await screen.findByRole('link', { name: 'Look at it' });
    expect(link).toHaveAttribute('href', '#/sources/0192f3a0-0000-7000-8000-000000000002');
  });

  it('tells the chart in words and as a table', async () => {
    const { screen, user } = renderPanel('#/');
    const chart = await screen.findByRole('img', { name: /300 mails in 24 hours/ });
    expect(chart).toBeVisible();
    await user.click(screen.getByText('Show as a table'));
    const table = screen.getByRole('table', { name: 'Mails by hour, last 24 hours' });
    expect(within(table).getAllByRole('row')).toHaveLength(25);
  });

  it('says that nothing came instead of drawing nothing', async () => {
    const world = aWorld();
    world.overview.hours = world.overview.hours.map(({ hour }) => ({
      hour,
      delivered: 0,
      ignored: 0,
      held: 0,
      dead: 0,
      waiting: 0,
    }));
    world.overview.oldest_waiting_at = null;
    const { screen } = renderPanel('#/', { world });
    expect(await screen.findByText('No mail in the last 24 hours.')).toBeVisible();
    expect(screen.getByText('No mail is waiting.')).toBeVisible();
  });
});
