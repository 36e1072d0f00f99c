//! The grant ended, or the sign-in broke off.

super::rows! {
    [50173] MailboxOwner SignIn:
        "Microsoft revoked this sign-in.",
        "Let the owner of the mailbox sign in again."
        => [SIGN_IN_AGAIN];
    [700082] MailboxOwner SignIn:
        "This sign-in was not used for 90 days, so Microsoft ended it.",
        "Let the owner of the mailbox sign in again."
        => [SIGN_IN_AGAIN];
    [70008] MailboxOwner SignIn:
        "This sign-in is over: it expired or was revoked.",
        "Let the owner of the mailbox sign in again."
        => [SIGN_IN_AGAIN];
    [70000] MailboxOwner SignIn:
        "Microsoft does not accept this sign-in any more.",
        "Let the owner of the mailbox sign in again."
        => [SIGN_IN_AGAIN];
    [700084] Us Fix:
        "Microsoft ended this sign-in after one day, because our app is registered as a single-page app.",
        "We have to correct the app registration; then the owner of the mailbox signs in again."
        or "Microsoft ended this sign-in after one day, because your app registration is of a single-page app.",
        "Register the return address with the platform Web; then the owner of the mailbox signs in again."
        => [AUTHENTICATION, SIGN_IN_AGAIN];
    [70043] MailboxOwner SignIn:
        "A policy of the organisation asks for a new sign-in after some time.",
        "Let the owner of the mailbox sign in again. It will happen again until the Microsoft administrator \
         excludes this app from the sign-in frequency policy."
        => [SIGN_IN_AGAIN, CONDITIONAL_ACCESS];
    [50089] You SignIn:
        "The sign-in took too long.",
        "Begin the sign-in again."
        => [SIGN_IN_AGAIN];
    [50132, 50133] MailboxOwner SignIn:
        "The password of the account expired or was changed.",
        "Let the owner of the mailbox sign in again."
        => [SIGN_IN_AGAIN];
    [54005] You SignIn:
        "The sign-in was already used.",
        "If the connection is not there, begin the sign-in again."
        => [SIGN_IN_AGAIN];
    [700005] You SignIn:
        "The sign-in was begun for another organisation than it ended in.",
        "Begin the sign-in again."
        => [SIGN_IN_AGAIN];
    [501481] You SignIn:
        "The sign-in was begun in another window than it ended in.",
        "Begin the sign-in again."
        => [SIGN_IN_AGAIN];
    [50058] You SignIn:
        "There is no open session with Microsoft in this browser.",
        "Begin the sign-in again and choose the account."
        => [SIGN_IN_AGAIN];
    [16001] You SignIn:
        "The chosen account was not accepted.",
        "Begin the sign-in again and choose another account."
        => [SIGN_IN_AGAIN];
    [70016] MailboxOwner Wait:
        "The sign-in on the other device is not finished yet.",
        "Finish it there.";
    [70018, 70019] You SignIn:
        "The code for signing in on another device is wrong or over.",
        "Begin the sign-in again."
        => [SIGN_IN_AGAIN];
}
