use std::collections::HashSet;

use super::*;

const ALL: [Cloud; 4] = [Cloud::Global, Cloud::UsGovL4, Cloud::UsGovL5, Cloud::China];

#[test]
fn every_cloud_is_somewhere_and_graph_is_never_the_same() {
    let clouds = Clouds::known().unwrap();
    let graphs: HashSet<_> = ALL.iter().map(|cloud| &clouds.of(*cloud).graph).collect();
    assert_eq!(graphs.len(), ALL.len());
    for cloud in ALL {
        let endpoints = clouds.of(cloud);
        assert!(endpoints.graph.path() == "/v1.0", "{cloud:?}");
        assert!(
            endpoints.ews_url.path() == "/EWS/Exchange.asmx",
            "{cloud:?}"
        );
    }
}

#[test]
fn a_scope_of_exchange_names_its_cloud_and_one_of_graph_names_none() {
    let clouds = Clouds::known().unwrap();
    let scope = |cloud, name| clouds.of(cloud).scope(name);
    assert_eq!(
        scope(Cloud::Global, "EWS.AccessAsUser.All"),
        "https://outlook.office365.com/EWS.AccessAsUser.All"
    );
    assert_eq!(
        scope(
            Cloud::China,
            "https://outlook.office365.com/EWS.AccessAsUser.All"
        ),
        "https://partner.outlook.cn/EWS.AccessAsUser.All",
        "what another cloud said does not count"
    );
    assert_eq!(scope(Cloud::China, "Mail.Read"), "Mail.Read");
    assert_eq!(
        clouds.of(Cloud::UsGovL5).graph_default(),
        "https://dod-graph.microsoft.us/.default"
    );
}

#[test]
fn only_what_is_named_is_elsewhere() {
    let elsewhere: Elsewhere =
        serde_json::from_str(r#"{"login":"http://localhost:1/cn","ews":"http://localhost:1/ews"}"#)
            .unwrap();
    let known = Clouds::known().unwrap();
    let moved = known.clone().with(Cloud::China, &elsewhere);
    assert_eq!(
        moved.of(Cloud::China).login.as_str(),
        "http://localhost:1/cn"
    );
    assert_eq!(
        moved.of(Cloud::China).ews_url.as_str(),
        "http://localhost:1/ews"
    );
    assert_eq!(moved.of(Cloud::China).graph, known.of(Cloud::China).graph);
    assert_eq!(moved.of(Cloud::Global), known.of(Cloud::Global));
    assert!(serde_json::from_str::<Elsewhere>(r#"{"logon":"http://localhost"}"#).is_err());
}

#[test]
fn a_portal_page_is_that_of_the_cloud() {
    let clouds = Clouds::known().unwrap();
    let page = clouds
        .of(Cloud::UsGovL4)
        .portal_page("Microsoft_AAD_ConditionalAccess/ConditionalAccessBlade/~/Policies");
    assert_eq!(
        page.as_str(),
        "https://entra.microsoft.us/#view/Microsoft_AAD_ConditionalAccess/ConditionalAccessBlade/~/Policies"
    );
}
