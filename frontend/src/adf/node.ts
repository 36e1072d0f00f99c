/** A mark of an ADF text node. */
export interface AdfMark {
  type: string;
  attrs: Record<string, unknown>;
}

/** A node of the Atlassian Document Format, as far as the panel needs it. */
export interface AdfNode {
  type: string;
  text: string;
  attrs: Record<string, unknown>;
  marks: AdfMark[];
  content: AdfNode[];
}

/** Reads what the API gives as `adf`; anything that is no node is left out. */
export function readNode(value: unknown): AdfNode | null {
  if (!isRecord(value) || typeof value.type !== 'string') return null;
  return {
    type: value.type,
    text: typeof value.text === 'string' ? value.text : '',
    attrs: isRecord(value.attrs) ? value.attrs : {},
    marks: listOf(value.marks, readMark),
    content: listOf(value.content, readNode),
  };
}

export function textAttr(attrs: Record<string, unknown>, name: string): string {
  const value = attrs[name];
  return typeof value === 'string' ? value : '';
}

export function numberAttr(attrs: Record<string, unknown>, name: string): number | undefined {
  const value = attrs[name];
  return typeof value === 'number' ? value : undefined;
}

function readMark(value: unknown): AdfMark | null {
  if (!isRecord(value) || typeof value.type !== 'string') return null;
  return { type: value.type, attrs: isRecord(value.attrs) ? value.attrs : {} };
}

function listOf<T>(value: unknown, read: (item: unknown) => T | null): T[] {
  if (!Array.isArray(value)) return [];
  return value.map(read).filter((item) => item !== null);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
