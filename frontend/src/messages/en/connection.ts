/** The texts of a connection's page. */
export const connection = {
  'messaging.create': 'Create',
  'messaging.column.lag': 'Lag',
  'messaging.protocol.graph': 'Graph',
  'messaging.protocol.ews': 'EWS (legacy)',
  'messaging.protocol.ends': 'until {when}',
  'messaging.alias': 'sends from {address}',
  'messaging.filter': 'Show',
  'messaging.filter.all': 'All',
  'messaging.filter.attention': 'Needs attention',
  'messaging.filter.graph': 'Microsoft Graph',
  'messaging.filter.ews': 'EWS',
  'messaging.filter.clear': 'Show all',
  'messaging.nothing': 'Nothing matches',
  'messaging.nothing.text': 'No connection is like that.',

  'action.play': 'Play: prove and go on',
  'action.askApproval': 'Get the link for the administrator',
  'action.chooseFolder': 'Choose the folder',
  'action.startFrom': 'Start from…',
  'action.moveToGraph': 'Move to Microsoft Graph',
  'action.reconcile': 'Count again',

  'confirm.changes': 'Changes',

  'fix.title': 'The way out',
  'fix.open': 'Open the page',

  'health.title': 'Health',
  'health.lag': 'Lag',
  'health.caughtUp': 'Caught up',
  'health.push': 'Push',
  'push.live': 'On',
  'push.starting': 'Starting',
  'push.down': 'Down',
  'push.off': 'Off',
  'push.not_available': 'Not available',

  'offline.title': 'Offline {span}',
  'offline.text':
    'Since {when}. {waiting, plural, =0 {No mail is waiting here.} one {# mail is waiting.} other {# mails are waiting.}} Nothing is lost: what comes meanwhile stays in the mailbox, and you choose what of it is imported when somebody has signed in again.',

  'expires.title': 'What ends when',
  'expires.none': 'Nothing ends soon.',
  'expires.secret': 'Secret',
  'expires.certificate': 'Certificate',
  'expires.idle': 'Sign-in, when it is not used',
  'expires.ews_end': 'EWS',
  'expires.subscription': 'Push subscription',

  'reconciled.title': 'Accounted for',
  'reconciled.never': 'The folder has not been counted against the ledger yet.',
  'reconciled.text':
    'Counted {when}: {folder, number} in the folder, {ledger, number} in the ledger, {imported, plural, =0 {none was missing} one {# was missing and is fetched} other {# were missing and are fetched}}.',
  'reconciled.asked': 'The whole folder is being counted. This page shows the result.',

  'states.title': 'History of states',
  'states.none': 'No state has been kept yet.',
  'states.picture':
    'Since {from}: {well, number}% of the time well, {trouble, plural, =0 {no trouble} one {# time of trouble} other {# times of trouble}}.',
  'states.now': 'Now',
  'states.column.state': 'State',
  'states.column.what': 'What was the matter',
  'states.column.since': 'Since',
  'states.column.span': 'For',
  'states.list': 'Show as a list',

  'play.title': 'Play {name}',
  'play.text':
    'Proves every right with the sign-in as it is now. When all is green, the connection goes on where it stopped; rules, place and history are kept.',
  'play.on': 'It goes on.',
  'play.going': 'Starting…',

  'toGraph.title': 'Move {name} to Microsoft Graph?',
  'toGraph.kept':
    'The sign-in, rules, history and the place in the mailbox. No mail is taken twice or left out.',
  'toGraph.changes':
    'Mail is read and sent through Microsoft Graph from now on. If a right is missing for that, you are asked to sign in again.',
  'toGraph.confirm': 'Move',
  'toGraph.signIn': 'Sign in with Microsoft',
  'toGraph.moving': 'Moving to Microsoft Graph: {done, number} of {total, number} mails',

  'folder.title': 'Folder of {name}',
  'folder.text':
    'Mail of this folder is read, from the moment that “Mail from” says. What is in the ledger already is not taken twice.',
  'folder.tree': 'Folders',
  'folder.none': 'There is no folder here.',
  'folder.open': 'Show what is in {name}',
  'folder.close': 'Hide what is in {name}',
  'folder.unread': '{count, plural, one {# unread} other {# unread}}',
  'folder.save': 'Use this folder',

  'startFrom.title': 'Start {name} from',

  'edit.settle.categorise': 'Give it a category',
  'edit.settle.delete': 'Delete it from the mailbox',
  'edit.settle.folder': 'Move it to',
  'edit.settle.category': 'Category',
  'edit.settle.category.hint': 'Empty: Postroom.',
  'settle.move.to': 'Move it to {folder}',
  'settle.categorise.as': 'Give it the category {category}',

  'outbound.from': 'Sends from',
  'outbound.from.hint': 'Empty: the mailbox’s own address. An alias must be allowed by Exchange.',
} as const;
