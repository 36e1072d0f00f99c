import '@atlaskit/css-reset';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { apiBase, createApi } from './api/client';
import { createQueryClient } from './api/queryClient';
import { App } from './app/App';
import { OutsideJira } from './app/OutsideJira';
import { findBridge } from './bridge/findBridge';
import { applyTheme } from './bridge/theme';
import { locale } from './messages/t';

/** Finds the door that the page was opened through and shows the panel. */
async function main(element: HTMLElement): Promise<void> {
  document.documentElement.lang = locale;
  const root = createRoot(element);
  const [bridge] = await Promise.all([findBridge(), applyTheme('auto')]);
  if (!bridge) {
    root.render(<OutsideJira />);
    return;
  }
  bridge.followTheme((mode) => void applyTheme(mode));
  bridge.makeRoom(element);
  const api = createApi(apiBase(), bridge);
  root.render(
    <StrictMode>
      <App api={api} bridge={bridge} cache={createQueryClient()} />
    </StrictMode>,
  );
}

const element = document.getElementById('root');
if (element) void main(element);
