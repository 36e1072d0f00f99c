//! A device or a policy stands in the way.

super::rows! {
    [700003] MicrosoftAdministrator SignIn:
        "The device of the sign-in is not in the organisation any more.",
        "Ask the Microsoft administrator to register it again, or sign in from another device."
        => [DEVICES, SIGN_IN_AGAIN];
    [135011] MicrosoftAdministrator SignIn:
        "The device of the sign-in was disabled.",
        "Ask the Microsoft administrator to enable it, or sign in from another device."
        => [DEVICES, SIGN_IN_AGAIN];
    [50097] MailboxOwner SignIn:
        "The organisation accepts sign-ins from its own devices only.",
        "Let the owner of the mailbox sign in from a managed device."
        => [SIGN_IN_AGAIN];
    [53000] MailboxOwner SignIn:
        "The device does not meet the rules of the organisation.",
        "Sign in from a compliant device, or ask the Microsoft administrator to exclude this app."
        => [SIGN_IN_AGAIN, CONDITIONAL_ACCESS];
    [53001] MailboxOwner SignIn:
        "The device does not belong to the organisation.",
        "Sign in from a joined device, or ask the Microsoft administrator to exclude this app."
        => [SIGN_IN_AGAIN, CONDITIONAL_ACCESS];
    [53002] MicrosoftAdministrator Change:
        "The organisation allows approved apps only, and ours is not among them.",
        "Ask the Microsoft administrator to allow this app in the Conditional Access policy."
        => [CONDITIONAL_ACCESS];
    [53003] MicrosoftAdministrator Change:
        "A Conditional Access policy of the organisation blocks the sign-in.",
        "Ask the Microsoft administrator to exclude this app from the policy; the correlation id shows which \
         one it is."
        => [SIGN_IN_LOG, CONDITIONAL_ACCESS];
    [530032] MicrosoftAdministrator Change:
        "A security policy of the organisation blocks the sign-in.",
        "Ask the Microsoft administrator to exclude this app from the policy."
        => [SIGN_IN_LOG, CONDITIONAL_ACCESS];
    [530035] MicrosoftAdministrator Change:
        "The security defaults of the organisation block the sign-in.",
        "Ask the Microsoft administrator to look at the sign-in log."
        => [SIGN_IN_LOG];
    [53011] MicrosoftAdministrator Change:
        "Microsoft considers the account at risk and blocks it.",
        "Ask the Microsoft administrator of the account's own organisation to clear the risk."
        => [RISKY_USERS];
    [50131] MicrosoftAdministrator Change:
        "A Conditional Access policy refused the device or the place of the sign-in.",
        "Ask the Microsoft administrator to look at the sign-in log."
        => [SIGN_IN_LOG, CONDITIONAL_ACCESS];
    [50105] MicrosoftAdministrator Change:
        "The account is not assigned to this app in the organisation.",
        "Ask the Microsoft administrator to assign the user under Enterprise applications."
        => [ASSIGN_USER];
    [500021, 50002] MicrosoftAdministrator Change:
        "The organisation's network lets people sign in to certain organisations only.",
        "Ask the Microsoft administrator to change the tenant restrictions."
        => [CROSS_TENANT];
    [500212, 500213] MicrosoftAdministrator Change:
        "The rules between the two organisations forbid the sign-in.",
        "Ask the Microsoft administrator to change the cross-tenant access settings."
        => [CROSS_TENANT];
}
