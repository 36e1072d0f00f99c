//! The words of the audit trail.

use super::vocabulary;

vocabulary! {
    /// Who did something.
    ActorKind {
        /// A person with an account in Jira.
        Account = "account",
        /// Jira itself, on behalf of the site.
        Atlassian = "atlassian",
        /// The service by itself.
        Service = "service",
        /// Who runs the service.
        Operator = "operator",
    }
}

vocabulary! {
    /// What something was done to.
    SubjectKind {
        /// A message source.
        Source = "source",
        /// A message outbound.
        Outbound = "outbound",
        /// A sign-in with Microsoft.
        SignIn = "sign_in",
        /// A mail of the ledger.
        Mail = "mail",
        /// An app registration.
        Registration = "registration",
        /// A channel for alerts.
        AlertChannel = "alert_channel",
        /// The audit trail itself.
        Audit = "audit",
    }
}

vocabulary! {
    /// What was done.
    Action {
        /// A site installed the app for the first time.
        SiteInstalled = "site.installed",
        /// A site that had switched the app off, or removed it, installed it again.
        SiteReinstalled = "site.reinstalled",
        /// The site has another address.
        SiteRenamed = "site.renamed",
        /// The site was imported and has another client key.
        SiteImported = "site.imported",
        /// Jira gave us a new shared secret.
        SiteSecretRotated = "site.secret_rotated",
        /// An administrator of Jira switched the app on.
        SiteEnabled = "site.enabled",
        /// An administrator of Jira switched the app off.
        SiteDisabled = "site.disabled",
        /// The app was removed.
        SiteUninstalled = "site.uninstalled",
        /// A Forge installation goes on with the data of the Connect app.
        SiteMovedToForge = "site.moved_to_forge",
        /// Retention ended: the tenant's key and data were destroyed.
        KeyDestroyed = "key.destroyed",
        /// The tenant's key was wrapped by another master key.
        KeyRewrapped = "key.rewrapped",
        /// Somebody began to sign in with Microsoft.
        SignInStarted = "sign_in.started",
        /// A message source was connected.
        SourceConnected = "source.connected",
        /// The sign-in of a message source was replaced.
        SourceReauthorised = "source.reauthorised",
        /// The settings of a message source were changed.
        SourceChanged = "source.changed",
        /// A message source was paused.
        SourcePaused = "source.paused",
        /// A message source goes on.
        SourceResumed = "source.resumed",
        /// A message source was tested.
        SourceChecked = "source.checked",
        /// A message source was deleted.
        SourceDeleted = "source.deleted",
        /// A message outbound was connected.
        OutboundConnected = "outbound.connected",
        /// The settings of a message outbound were changed.
        OutboundChanged = "outbound.changed",
        /// A message outbound was paused.
        OutboundPaused = "outbound.paused",
        /// A message outbound goes on.
        OutboundResumed = "outbound.resumed",
        /// A message outbound was deleted.
        OutboundDeleted = "outbound.deleted",
        /// A message outbound was tested.
        OutboundTested = "outbound.tested",
        /// A message source went from EWS to Graph.
        SourceMovedToGraph = "source.moved_to_graph",
        /// A message outbound went from EWS to Graph.
        OutboundMovedToGraph = "outbound.moved_to_graph",
        /// The sign-in of a message outbound was replaced.
        OutboundReauthorised = "outbound.reauthorised",
        /// A folder was counted against the ledger, and the ledger lacked mails.
        SourceReconciled = "source.reconciled",
        /// A link was made for the owner of a mailbox.
        OwnerLinkMade = "owner_link.made",
        /// The owner of a mailbox signed in by a link.
        OwnerLinkUsed = "owner_link.used",
        /// A link for the owner of a mailbox was taken back.
        OwnerLinkRevoked = "owner_link.revoked",
        /// A link was made for an administrator of a directory.
        ApprovalAsked = "approval.asked",
        /// An administrator of a directory approved.
        ApprovalGiven = "approval.given",
        /// The site brought an app registration of its own.
        RegistrationAdded = "registration.added",
        /// An app registration was changed.
        RegistrationChanged = "registration.changed",
        /// An app registration was deleted.
        RegistrationDeleted = "registration.deleted",
        /// A channel for alerts was added.
        AlertChannelAdded = "alert_channel.added",
        /// A channel for alerts was changed.
        AlertChannelChanged = "alert_channel.changed",
        /// A channel for alerts was deleted.
        AlertChannelDeleted = "alert_channel.deleted",
        /// A channel for alerts was tested.
        AlertChannelTested = "alert_channel.tested",
        /// A connection got into trouble.
        IncidentOpened = "incident.opened",
        /// The trouble was over.
        IncidentClosed = "incident.closed",
        /// A mail was tried again by a person.
        MailRetried = "mail.retried",
        /// Somebody read a raw mail.
        MailRawRead = "mail.raw_read",
        /// Somebody took a copy of the audit trail.
        AuditExported = "audit.exported",
    }
}
