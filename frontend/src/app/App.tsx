import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ApiProvider } from '../api/ApiContext';
import type { Api } from '../api/client';
import { BridgeProvider } from '../bridge/BridgeContext';
import type { Bridge } from '../bridge/bridge';
import { CrashGuard } from './CrashGuard';
import { Shell } from './Shell';

interface AppProps {
  api: Api;
  bridge: Bridge;
  cache: QueryClient;
}

export function App({ api, bridge, cache }: AppProps) {
  return (
    <CrashGuard>
      <BridgeProvider value={bridge}>
        <ApiProvider value={api}>
          <QueryClientProvider client={cache}>
            <Shell />
          </QueryClientProvider>
        </ApiProvider>
      </BridgeProvider>
    </CrashGuard>
  );
}
