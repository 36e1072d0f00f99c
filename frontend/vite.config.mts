import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const featureGates = fileURLToPath(new URL('src/atlaskit/featureGates.ts', import.meta.url));

export default defineConfig({
  plugins: [react()],
  // Relative, because the page that carries the bundle may stand under any path.
  base: './',
  resolve: {
    alias: { '@atlaskit/feature-gate-js-client/feature-gates': featureGates },
  },
  build: {
    assetsDir: 'assets',
    target: 'es2022',
    // One file, and one more that Forge's pages load before they show anything: the panel is opened
    // for hours, and what loads later may fail to load.
    chunkSizeWarningLimit: 1000,
  },
});
