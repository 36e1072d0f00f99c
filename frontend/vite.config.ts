import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // Relative, because the page that carries the bundle may stand under any path.
  base: './',
  // Atlaskit reads these at run time and expects a bundler to fill them in.
  define: { 'process.env.REACT_SSR': 'undefined', 'process.env.NODE_DEBUG': 'undefined' },
  build: {
    assetsDir: 'assets',
    target: 'es2022',
    sourcemap: false,
  },
});
