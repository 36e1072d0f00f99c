import { expect, it } from 'vitest';
import { fileOf } from './download';

it('gives back every byte', async () => {
  const file = fileOf({
    name: 'a.eml',
    media_type: 'message/rfc822',
    content_base64: btoa('\x00\xe4\xff\r\n'),
  });
  expect(file.name).toBe('a.eml');
  expect(file.type).toBe('message/rfc822');
  const bytes = new Uint8Array(await file.arrayBuffer());
  expect([...bytes]).toEqual([0x00, 0xe4, 0xff, 0x0d, 0x0a]);
});
