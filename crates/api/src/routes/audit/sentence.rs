//! A row of the trail as a sentence.

use postroom_registry::audit::{Action, ActorKind};

/// Who did what to what.
pub(super) fn sentence(
    kind: ActorKind,
    name: Option<&str>,
    action: Action,
    subject: Option<&str>,
) -> String {
    let who = match kind {
        ActorKind::Account => name.unwrap_or("Somebody"),
        ActorKind::Atlassian => "Jira",
        ActorKind::Service => "Postroom",
        ActorKind::Operator => "The operator of Postroom",
    };
    let (before, after) = predicate(action);
    match (subject.filter(|it| !it.is_empty()), about(action)) {
        (Some(subject), Some(_)) => format!("{who} {before} {subject}{after}."),
        (None, Some(unnamed)) => format!("{who} {before} {unnamed}{after}."),
        (_, None) => format!("{who} {before}{after}."),
    }
}

/// What stands for a subject without a name; nothing where the sentence names none.
fn about(action: Action) -> Option<&'static str> {
    use Action as A;
    match action {
        A::SourceConnected | A::SourceReauthorised | A::SourceChanged | A::SourcePaused => {
            Some("a mailbox")
        }
        A::SourceResumed | A::SourceChecked | A::SourceDeleted => Some("a mailbox"),
        A::OutboundConnected | A::OutboundChanged | A::OutboundPaused => Some("a mailbox"),
        A::OutboundResumed | A::OutboundDeleted | A::OutboundTested => Some("a mailbox"),
        A::SourceMovedToGraph | A::OutboundMovedToGraph | A::SourceReconciled => Some("a mailbox"),
        A::OutboundReauthorised | A::IncidentOpened | A::IncidentClosed => Some("a mailbox"),
        A::OwnerLinkMade | A::OwnerLinkUsed | A::OwnerLinkRevoked => Some("a mailbox"),
        A::RegistrationAdded | A::RegistrationChanged | A::RegistrationDeleted => {
            Some("without a name")
        }
        A::AlertChannelAdded | A::AlertChannelChanged => Some("without a name"),
        A::AlertChannelDeleted | A::AlertChannelTested => Some("without a name"),
        A::MailRetried | A::MailRawRead => Some("a mail"),
        _ => None,
    }
}

/// What was done: what stands before the subject, and after it.
fn predicate(action: Action) -> (&'static str, &'static str) {
    use Action as A;
    match action {
        A::SiteInstalled => ("installed Postroom", ""),
        A::SiteReinstalled => ("installed Postroom again", ""),
        A::SiteRenamed => ("gave the site another address", ""),
        A::SiteImported => ("restored the site under another key", ""),
        A::SiteSecretRotated => ("exchanged the secret that site and Postroom share", ""),
        A::SiteEnabled => ("switched Postroom on", ""),
        A::SiteDisabled => ("switched Postroom off", ""),
        A::SiteUninstalled => ("removed Postroom", ""),
        A::SiteMovedToForge => ("moved everything from the Connect app to the Forge app", ""),
        A::KeyDestroyed => ("destroyed the site's key, and with it what was kept", ""),
        A::KeyRewrapped => ("wrapped the site's key with a new master key", ""),
        A::SignInStarted => ("began a sign-in with Microsoft", ""),
        A::SourceConnected => ("connected", " to receive mail"),
        A::SourceReauthorised => ("signed", " in anew to receive mail"),
        A::SourceChanged => ("changed how", " receives mail"),
        A::SourcePaused => ("stopped", " from receiving mail"),
        A::SourceResumed => ("let", " receive mail again"),
        A::SourceChecked => ("checked", ", which receives mail"),
        A::SourceDeleted => ("disconnected", " from receiving mail"),
        A::OutboundConnected => ("connected", " to send mail"),
        A::OutboundChanged => ("changed how", " sends mail"),
        A::OutboundPaused => ("stopped", " from sending mail"),
        A::OutboundResumed => ("let", " send mail again"),
        A::OutboundDeleted => ("disconnected", " from sending mail"),
        A::OutboundTested => ("tested", ", which sends mail"),
        A::SourceMovedToGraph => ("moved", " to Microsoft Graph to receive mail"),
        A::SourceReconciled => ("counted the mails of", " and took in what was missing"),
        A::OutboundMovedToGraph => ("moved", " to Microsoft Graph to send mail"),
        A::OutboundReauthorised => ("signed", " in anew to send mail"),
        A::OwnerLinkMade => ("made a link for the owner of", ""),
        A::OwnerLinkUsed => ("had the owner of", " sign in by a link"),
        A::OwnerLinkRevoked => ("took back the link for the owner of", ""),
        A::ApprovalAsked => ("made a link for a Microsoft administrator", ""),
        A::ApprovalGiven => ("got the approval of a Microsoft administrator", ""),
        A::RegistrationAdded => ("added the app registration", ""),
        A::RegistrationChanged => ("changed the app registration", ""),
        A::RegistrationDeleted => ("deleted the app registration", ""),
        A::AlertChannelAdded => ("added the alert channel", ""),
        A::AlertChannelChanged => ("changed the alert channel", ""),
        A::AlertChannelDeleted => ("deleted the alert channel", ""),
        A::AlertChannelTested => ("tested the alert channel", ""),
        A::IncidentOpened => ("saw that", " is out of order"),
        A::IncidentClosed => ("saw that", " is in order again"),
        A::MailRetried => ("had", " tried again"),
        A::MailRawRead => ("read", " as it came"),
        A::AuditExported => ("took a copy of the audit trail", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_names_who_and_what_as_far_as_they_are_known() {
        let ann =
            |action, subject| sentence(ActorKind::Account, Some("Ann Agent"), action, subject);
        assert_eq!(
            ann(Action::SourcePaused, Some("Support")),
            "Ann Agent stopped Support from receiving mail."
        );
        assert_eq!(
            sentence(ActorKind::Account, None, Action::MailRawRead, None),
            "Somebody read a mail as it came."
        );
        assert_eq!(
            sentence(ActorKind::Atlassian, None, Action::SiteUninstalled, None),
            "Jira removed Postroom."
        );
    }

    #[test]
    fn every_action_is_a_sentence() {
        for action in Action::ALL {
            for subject in [None, Some("support@acme.example")] {
                let said = sentence(ActorKind::Service, None, *action, subject);
                assert!(
                    said.starts_with("Postroom ") && said.ends_with('.'),
                    "{said}"
                );
                assert!(!said.contains("  ") && !said.contains(" ,"), "{said}");
            }
        }
    }
}
