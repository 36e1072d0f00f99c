/** A window that was opened for a sign-in and that the panel may watch. */
export interface SignInWindow {
  goTo(url: string): void;
  /** `unknown` where the host opens windows itself and gives no handle. */
  state(): 'open' | 'closed' | 'unknown';
  close(): void;
}

export type ColorMode = 'light' | 'dark' | 'auto';

/**
 * What the panel needs from the product around it. Connect answers through `window.AP`; another
 * front door brings its own implementation and nothing else in the panel changes.
 */
export interface Bridge {
  /** The value of the `Authorization` header. Asked before every call: tokens live for minutes. */
  getAuthorization(): Promise<string>;
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
