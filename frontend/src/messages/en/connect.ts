/** The texts of connecting a mailbox: links, approvals, special cases, and what waited meanwhile. */
export const connect = {
  'signIn.step.authorized.owner': 'Waiting for the owner’s confirmation',

  'start.approval.button': 'Make a link for the administrator',
  'start.owner.mailbox': 'Address of the mailbox (may stay empty)',
  'start.owner.mailbox.hint': 'The link then names it, and another mailbox is noticed.',
  'start.special':
    'EWS, a shared mailbox, another app registration, a sign-in that is there already',

  'approval.text':
    'Your Microsoft administrator has to approve Postroom. Send them this link; it names this site and the rights that are asked for.',
  'approval.rights': 'What Postroom asks for:',
  'approval.link': 'Link for your Microsoft administrator',
  'approval.valid': 'Valid until {when}.',
  'approval.waiting': 'We look every few minutes. This page goes on by itself.',
  'approval.approved': 'Approved on {when}. Going on…',
  'approval.done': 'Your Microsoft administrator approved on {when}',
  'approval.done.text': 'Now the sign-in works.',

  'gap.title':
    'Offline {span}, {more, select, true {more than {mails, plural, one {# mail} other {# mails}}} other {{mails, plural, one {# mail} other {# mails}}}} waiting',
  'gap.since': 'Nothing was read since {when}. No mail is taken twice.',
  'gap.choose': 'What to import',
  'gap.all': 'All of it',
  'gap.date': 'From a day on',
  'gap.none': 'Nothing of it, only new mail',
  'gap.none.text': 'What came meanwhile stays in the mailbox, untouched.',
  'gap.all.button': 'Import all',
  'gap.date.button': 'Import from that day on',
  'gap.none.button': 'Go on with new mail',

  'take.missing': 'Rights are missing',
  'take.missing.text': 'Microsoft did not grant: {scopes}. Sign in again and accept them.',
  'take.other': '{signer} signed in; the mailbox is {mailbox}',
  'take.other.text':
    'That is right for a shared mailbox. Connecting proves that the one who signed in may open it.',
  'take.site': 'Jira site',
  'take.button': 'Connect {mailbox}',

  'links.title': 'Links that are still open',
  'links.column.for': 'Mailbox',
  'links.column.waits': 'Waits for',
  'links.column.until': 'Ends',
  'links.anyMailbox': 'Any mailbox',
  'links.waits.owner': 'The owner of the mailbox, to sign in',
  'links.waits.approval': 'The Microsoft administrator, to approve',
  'links.waits.you': 'You, to connect the mailbox',
  'links.revoke': 'Take back',

  'create.title': 'Create a connection',
  'create.question': 'For EWS and special cases. Usually “Sign in with Microsoft” is all it takes.',
  'create.access': 'How does Postroom get access?',
  'create.access.me': 'I sign in now',
  'create.access.me.text': 'A window opens with Microsoft’s sign-in.',
  'create.access.me.button': 'Sign in with Microsoft',
  'create.access.admin': 'I am a Microsoft administrator and approve for the whole organisation',
  'create.access.admin.text':
    'Afterwards nobody in your organisation is asked for an approval again. A mailbox’s own user can replace your sign-in later.',
  'create.access.admin.button': 'Sign in with Microsoft',
  'create.access.owner': 'The owner of the mailbox signs in',
  'create.access.owner.text':
    'You get a link to send. It works once and ends after seven days; then you take the connection here.',
  'create.access.owner.button': 'Make a link to send',
  'create.access.approval': 'A Microsoft administrator approves first',
  'create.access.approval.text': 'You get a link to forward. This page goes on when they approved.',
  'create.access.approval.button': 'Make a link for the administrator',
  'create.access.grant': 'Use a sign-in that is there already',
  'create.access.grant.text':
    'For another mailbox, another folder or the other direction with the same person’s rights.',
  'create.access.grant.button': 'Create',
  'create.grant': 'Sign-in',
  'create.grant.hint': 'Whoever signed in needs rights on the mailbox below.',
  'create.grant.none': 'Nobody has signed in yet.',
  'create.registration': 'App registration',
  'create.registration.own': 'Postroom’s own',
  'create.registration.yours': 'Your own',
  'create.registration.add': 'Add one of your own',
  'create.mailbox': 'The mailbox',
  'create.address': 'Address',
  'create.address.hint':
    'Empty: the mailbox of who signs in. For a shared mailbox its own address.',
  'create.address.hint.grant': 'The mailbox that Postroom opens, shared or not.',
  'create.purpose': 'What it is for',
  'create.purpose.both': 'To receive and to send',
  'create.purpose.source': 'To receive (message source)',
  'create.purpose.outbound': 'To send (message outbound)',
  'create.failed': 'It could not be created',

  'ews.ends': 'Microsoft ends Exchange Web Services on {when}',
  'ews.ends.text':
    'Exchange must allow it for Postroom until then. One button moves a connection to Microsoft Graph later, and it keeps its place.',
} as const;
