import { en } from '../messages/en';
import { type MessageKey, t } from '../messages/t';

const PREFIX = 'audit.action.';

/** Kinds of change, by what is changed: `source` has `source.paused` and the like. */
export const ACTIONS: ReadonlyMap<string, readonly string[]> = grouped();

/** A kind of change in words, alone or with what it belongs to. */
export function actionName(action: string): string {
  const key = `${PREFIX}${action}`;
  // The API may know a kind that this panel does not know yet.
  return isKey(key) ? t(key) : action;
}

export function groupName(group: string): string {
  const key = `audit.group.${group}`;
  return isKey(key) ? t(key) : group;
}

export function wholeActionName(action: string): string {
  return `${groupName(groupOf(action))}, ${actionName(action).toLocaleLowerCase()}`;
}

function groupOf(action: string): string {
  return action.split('.')[0] ?? action;
}

function isKey(key: string): key is MessageKey {
  return key in en;
}

function grouped(): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const key of Object.keys(en).filter((one) => one.startsWith(PREFIX))) {
    const action = key.slice(PREFIX.length);
    const group = groups.get(groupOf(action));
    if (group) group.push(action);
    else groups.set(groupOf(action), [action]);
  }
  return groups;
}
