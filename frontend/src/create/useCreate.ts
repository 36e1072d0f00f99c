import { useCreateOutbound } from '../api/outbounds';
import { useCreateSource } from '../api/sources';
import { go, to } from '../router/location';
import { useStartSignIn } from '../start/useStartSignIn';
import { type Draft, signInOf } from './draft';

/** Does what a draft says: a sign-in, a link, or a connection of a sign-in that is there already. */
export function useCreate() {
  const signIn = useStartSignIn();
  const source = useCreateSource();
  const outbound = useCreateOutbound();

  const fromGrant = (draft: Draft) => {
    const { grant_id, mailbox, protocol, from_address } = draft;
    if (draft.purpose === 'outbound') {
      outbound.mutate(
        { grant_id, mailbox, protocol, ...(from_address ? { from_address } : {}) },
        { onSuccess: ({ id }) => go(to(`outbounds/${id}`, { ping: '1' })) },
      );
      return;
    }
    source.mutate(
      { grant_id, mailbox, protocol },
      { onSuccess: ({ id }) => go(to(`sources/${id}/start`)) },
    );
  };

  /** Must be called in the click itself: a sign-in opens a window. */
  const create = (draft: Draft) => {
    switch (draft.access) {
      case 'owner':
        return signIn.makeLink(signInOf(draft));
      case 'approval':
        return signIn.askApproval(signInOf(draft));
      case 'grant':
        return fromGrant(draft);
      default:
        return signIn.start(signInOf(draft));
    }
  };

  return {
    create,
    isPending: signIn.isPending || source.isPending || outbound.isPending,
    error: signIn.error ?? source.error ?? outbound.error,
  };
}
