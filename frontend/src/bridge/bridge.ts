/** A window that was opened for a sign-in and that the panel may watch. */
export interface SignInWindow {
  goTo(url: string): void;
  /** `unknown` where the host opens windows itself and gives no handle. */
  state(): 'open' | 'closed' | 'unknown';
  close(): void;
}

export type ColorMode = 'light' | 'dark' | 'auto';

/**
 * What the panel needs from the product around it. Connect answers through `window.AP`, Forge
 * through `@forge/bridge`; nothing else in the panel knows which of them it is.
 */
export interface Bridge {
  readonly door: 'connect' | 'forge';
  /** The id of the project in whose settings the panel was opened; `null` anywhere else. */
  readonly project: string | null;
  /** Whether an answer can be bytes. Where it cannot, files are asked for as JSON. */
  readonly carriesBytes: boolean;
  /** Sends a call to the API with the proof of who asks, made anew each time. */
  fetch(request: Request): Promise<Response>;
  /**
   * Opens an empty window at once, because browsers allow it only during the click; the address
   * follows when it is known. `null` when the browser blocked it.
   */
  openWindow(): SignInWindow | null;
  /** Calls back with the colour mode of the host, now and on every change. */
  followTheme(listener: (mode: ColorMode) => void): void;
  /** Gives the panel the room that its content needs. */
  makeRoom(root: HTMLElement): void;
}
