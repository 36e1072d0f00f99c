//! The account of the person.

super::rows! {
    [50074, 50076] MailboxOwner SignIn:
        "The organisation asks for a second factor at sign-in now.",
        "Let the owner of the mailbox sign in again and confirm with the second factor."
        => [SIGN_IN_AGAIN];
    [50078] MailboxOwner SignIn:
        "The confirmation with the second factor is too old.",
        "Let the owner of the mailbox sign in again and confirm with the second factor."
        => [SIGN_IN_AGAIN];
    [50072, 50079] MailboxOwner SignIn:
        "The account has to set up a second factor first.",
        "Let the owner of the mailbox sign in again and set up the second factor on the way."
        => [SECURITY_INFO, SIGN_IN_AGAIN];
    [53004] MailboxOwner SignIn:
        "The account has to finish setting up its second factor from a trusted place.",
        "Let the owner of the mailbox finish that, then sign in again."
        => [SECURITY_INFO, SIGN_IN_AGAIN];
    [50158] MailboxOwner SignIn:
        "The organisation asks for a check by another security service.",
        "Let the owner of the mailbox sign in again and pass that check."
        => [SIGN_IN_AGAIN];
    [50055, 50144] MailboxOwner SignIn:
        "The password of the account has expired.",
        "Let the owner of the mailbox change the password, then sign in again."
        => [PASSWORD, SIGN_IN_AGAIN];
    [50053] MailboxOwner Wait:
        "Microsoft has locked the account for a while: too many wrong passwords, or a suspicious address.",
        "Wait, or ask the Microsoft administrator to look at the sign-in log and unlock the account."
        => [SIGN_IN_LOG];
    [50057] MicrosoftAdministrator Change:
        "The account is disabled.",
        "Ask the Microsoft administrator to enable it. A shared mailbox is disabled on purpose: sign in as a \
         person who has access to it."
        => [ENABLE_USER, USERS];
    [50126] MailboxOwner SignIn:
        "The user name or the password is wrong.",
        "Sign in again."
        => [SIGN_IN_AGAIN];
    [50034, 51004] MailboxOwner SignIn:
        "The account is not in this organisation.",
        "Check the address, and sign in with the account that belongs to the mailbox."
        => [SIGN_IN_AGAIN];
    [50020] MailboxOwner SignIn:
        "The account belongs to another organisation.",
        "Sign in with an account of the mailbox's own organisation, or ask its Microsoft administrator for an \
         invitation."
        => [SIGN_IN_AGAIN, USERS];
    [16000] MailboxOwner SignIn:
        "The chosen account is not in this organisation; it may be a personal one.",
        "Sign out of it and sign in with the work account of the mailbox."
        => [SIGN_IN_AGAIN];
    [500208] MailboxOwner SignIn:
        "This is not a work account.",
        "Sign in with the work account of the mailbox."
        => [SIGN_IN_AGAIN];
    [90002, 50059, 50128] You SignIn:
        "Microsoft does not know the organisation of this address.",
        "Check the address. If it is right, the organisation may have been deleted."
        => [SIGN_IN_AGAIN];
}
