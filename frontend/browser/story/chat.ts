import { look } from './control';

/** The address of a room of the chat tool; it is reached over TLS alone. */
export async function chatRoom(name: string): Promise<string> {
  const { microsoft_tls } = (await look('/')) as { microsoft_tls: string };
  return `${microsoft_tls}/chat/${name}`;
}

/** What came to a room of the chat tool, oldest first. */
export async function saidIn(room: string): Promise<string[]> {
  const came = (await look('/chat')) as { name: string; body: { text: string } }[];
  return came.filter(({ name }) => name === room).map(({ body }) => body.text);
}
