//! Consent is missing, or the app cannot be used in the organisation.

super::rows! {
    [65001] MailboxOwner Consent:
        "Nobody has allowed the app to use this mailbox, or the permission was taken back.",
        "Sign in again and accept. If that is not possible, send the approval link to the Microsoft \
         administrator."
        => [CONSENT_LINK, CONSENT_REQUESTS];
    [65004] MailboxOwner SignIn:
        "The permission was declined.",
        "Sign in again and accept; without it the mailbox cannot be connected."
        => [SIGN_IN_AGAIN];
    [90094] MicrosoftAdministrator Consent:
        "The organisation wants an administrator to approve the app.",
        "Send the approval link to the Microsoft administrator. Afterwards the owner of the mailbox signs in."
        => [CONSENT_LINK, CONSENT_REQUESTS];
    [90095] MicrosoftAdministrator Consent:
        "The request for approval was sent to the organisation's administrators.",
        "Wait for their approval, or send them the approval link. Afterwards the owner of the mailbox signs in."
        => [CONSENT_REQUESTS, CONSENT_LINK];
    [650052] MicrosoftAdministrator Change:
        "The organisation has no subscription to Exchange Online.",
        "Ask the Microsoft administrator to buy or enable Exchange Online."
        => [LICENCES];
    [500011] MicrosoftAdministrator Change:
        "The organisation does not have the service that the app asks for.",
        "Ask the Microsoft administrator whether Exchange Online is enabled, and in which Microsoft cloud."
        => [EXCHANGE_PRINCIPAL, LICENCES];
    [700016] MicrosoftAdministrator Consent:
        "The app is not known in the organisation.",
        "Send the approval link to the Microsoft administrator. Afterwards the owner of the mailbox signs in."
        => [CONSENT_LINK];
    [700011, 70001] MicrosoftAdministrator Change:
        "The app is disabled or was removed in the organisation.",
        "Ask the Microsoft administrator to enable it under Enterprise applications."
        => [ENABLE_APP, ENTERPRISE_APPS];
    [7000112] MicrosoftAdministrator Change:
        "The app is disabled.",
        "Ask the Microsoft administrator to enable it under Enterprise applications."
        => [ENABLE_APP, ENTERPRISE_APPS];
    [1000031] MicrosoftAdministrator Change:
        "The app cannot be used in the organisation at this time.",
        "Ask the Microsoft administrator to look at it under Enterprise applications."
        => [ENTERPRISE_APPS, SIGN_IN_LOG];
}
