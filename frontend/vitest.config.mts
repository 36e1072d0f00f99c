import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The browser's stories share the simulated world, and the first one needs it new. */
class FirstRunFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) =>
      (moduleId.endsWith('/story.spec.ts') ? '0' : '1') + moduleId;
    return [...files].sort((a, b) => place(a).localeCompare(place(b)));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: FirstRunFirst },
    projects: [
      {
        plugins: [react()],
        test: {
          name: 'panel',
          environment: 'jsdom',
          include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
          setupFiles: ['test/setup.ts'],
          css: { modules: { classNameStrategy: 'non-scoped' } },
          // Atlaskit ships .css files beside its modules; node cannot import those by itself.
          server: { deps: { inline: [/@atlaskit\//, /@compiled\//] } },
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'bundle',
          environment: 'node',
          include: ['test/bundle.spec.ts'],
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'browser',
          environment: 'node',
          include: ['browser/**/*.spec.ts'],
          // One simulator and one machine behind them all.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
