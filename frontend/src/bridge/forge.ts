import { view } from '@forge/bridge';
import type { Bridge } from './bridge';
import { forgeFetch } from './forgeFetch';
import { followForgeTheme } from './forgeTheme';
import { leaveByHost, openForgeWindow } from './forgeWindow';

type Context = Awaited<ReturnType<typeof view.getContext>>;

/** The bridge of Forge. */
export async function forgeBridge(): Promise<Bridge> {
  // The panel works without knowing where it stands; it must not wait for a host that is silent.
  const context = await view.getContext().catch((): null => null);
  leaveByHost(document);
  return {
    door: 'forge',
    project: projectOf(context),
    carriesBytes: false,
    fetch: forgeFetch,
    openWindow: openForgeWindow,
    followTheme: (listener) => followForgeTheme(context?.theme?.colorMode, listener),
    // Forge gives the frame its height by itself.
    makeRoom: () => undefined,
  };
}

/** Set in the settings of a project only: Forge's extension context of `jira:projectSettingsPage`. */
function projectOf(context: Context | null): string | null {
  const id: unknown = context?.extension?.project?.id;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}
