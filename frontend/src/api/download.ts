import type { Download } from './types';

/** A file that came as JSON. */
export function fileOf({ name, media_type, content_base64 }: Download): File {
  const bytes = Uint8Array.from(atob(content_base64), (char) => char.charCodeAt(0));
  return new File([bytes], name, { type: media_type });
}
