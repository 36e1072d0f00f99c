import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { vi } from 'vitest';
import { createApi } from '../src/api/client';
import { createQueryClient } from '../src/api/queryClient';
import { App } from '../src/app/App';
import { aWorld } from './fake/aWorld';
import { fakeBridge } from './fake/bridge';
import { fakeServer, type Instead } from './fake/server';
import type { World } from './fake/world';

const BASE = 'http://postroom.test/api/v1';

interface Setting {
  world?: World;
  instead?: Instead;
  bridge?: ReturnType<typeof fakeBridge>;
}

/** The whole panel at one address, with a fake API behind it. */
export function renderPanel(hash: string, setting: Setting = {}) {
  const { world = aWorld(), instead = {}, bridge = fakeBridge() } = setting;
  const server = fakeServer(world, BASE, instead);
  vi.stubGlobal('fetch', server.fetch);
  window.location.hash = hash;
  const cache = createQueryClient();
  cache.setDefaultOptions({ queries: { ...cache.getDefaultOptions().queries, retry: false } });
  const view = render(<App api={createApi(BASE, bridge)} bridge={bridge} cache={cache} />);
  return { ...view, world, instead, server, bridge, user: userEvent.setup(), screen };
}
