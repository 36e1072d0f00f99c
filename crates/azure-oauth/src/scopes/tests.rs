use super::*;

fn granted(scopes: &[&str]) -> Vec<String> {
    scopes.iter().map(|scope| (*scope).to_owned()).collect()
}

#[test]
fn each_kind_of_work_asks_for_what_it_needs_and_for_nothing_else() {
    let (graph, ews) = (Protocol::Graph, Protocol::Ews);
    for (work, rights_of_it) in [
        (
            Work::source(graph, false, false),
            &["User.Read", "Mail.Read"][..],
        ),
        (
            Work::source(graph, false, true),
            &["User.Read", "Mail.ReadWrite"],
        ),
        (
            Work::source(graph, true, false),
            &["User.Read", "Mail.Read.Shared"],
        ),
        (
            Work::source(graph, true, true),
            &["User.Read", "Mail.ReadWrite.Shared"],
        ),
        (
            Work::outbound(graph, false),
            &["User.Read", "Mail.ReadWrite", "Mail.Send"],
        ),
        (
            Work::outbound(graph, true),
            &["User.Read", "Mail.ReadWrite.Shared", "Mail.Send.Shared"],
        ),
        (
            Work {
                reads: false,
                changes: false,
                ..Work::outbound(graph, false)
            },
            &["User.Read", "Mail.Send"],
        ),
        (Work::source(ews, true, true), &["EWS.AccessAsUser.All"]),
        (Work::outbound(ews, false), &["EWS.AccessAsUser.All"]),
    ] {
        assert_eq!(rights(&work), rights_of_it, "{work:?}");
        let asked = needed(&work);
        assert_eq!(asked[..3], SIGN_IN, "{work:?}");
        assert_eq!(asked[3..], *rights_of_it, "{work:?}");
    }
}

#[test]
fn both_is_the_union() {
    let leaving = Work::source(Protocol::Graph, false, false);
    let both = needed(&leaving.and(Work::outbound(Protocol::Graph, false)));
    assert_eq!(missing(&granted(&both), &needed(&leaving)), [""; 0]);
    assert!(both.contains(&"Mail.Send"));
}

#[test]
fn granted_scopes_are_compared_as_microsoft_writes_them() {
    let has = granted(&[
        "https://graph.microsoft.com/mail.readwrite",
        "email",
        "USER.READ",
    ]);
    let source = needed(&Work::source(Protocol::Graph, false, true));
    assert_eq!(missing(&has, &source), [""; 0]);
    let outbound = needed(&Work::outbound(Protocol::Graph, false));
    assert_eq!(missing(&has, &outbound), ["Mail.Send"]);
}

#[test]
fn writing_includes_reading_and_nothing_else_includes_anything() {
    for (has, wanted, is_missing) in [
        ("Mail.ReadWrite", "Mail.Read", false),
        ("Mail.ReadWrite.Shared", "Mail.Read.Shared", false),
        ("Mail.Read", "Mail.ReadWrite", true),
        ("Mail.Read", "Mail.ReadBasic", true),
        ("Mail.ReadWrite", "Mail.Read.Shared", true),
        ("Mail.ReadWrite.Shared", "Mail.ReadWrite", true),
        ("Mail.ReadWrite.Shared", "Mail.Read", true),
        ("Mail.Send", "Mail.Send.Shared", true),
        ("EWS.AccessAsUser.All", "Mail.Read", true),
    ] {
        let missing = missing(&granted(&[has]), &[wanted]);
        assert_eq!(!missing.is_empty(), is_missing, "{has} for {wanted}");
    }
}

#[test]
fn a_token_is_asked_for_what_its_resource_knows() {
    let has = granted(&[
        "openid",
        "offline_access",
        "Mail.Read",
        "https://outlook.office365.com/EWS.AccessAsUser.All",
        "https://graph.microsoft.com/User.Read",
    ]);
    assert_eq!(
        of_resource(&has, Resource::Graph),
        ["Mail.Read", "https://graph.microsoft.com/User.Read"]
    );
    assert_eq!(
        of_resource(&has, Resource::Outlook),
        ["https://outlook.office365.com/EWS.AccessAsUser.All"]
    );
}
