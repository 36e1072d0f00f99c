use futures_util::future::join_all;
use postroom_simulator::Options;
use reqwest::Method;

use crate::{
    browser::graph,
    world::{SCOPE, SUPPORT, World},
};

#[tokio::test]
async fn the_fifth_request_at_once_is_throttled() {
    let world = World::with(Options {
        graph_latency_ms: 300,
        ..Options::ephemeral()
    })
    .await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let answers = join_all((0..5).map(|_| graph.ask(Method::GET, "/me/messages").send())).await;
    let throttled: Vec<_> = answers
        .into_iter()
        .map(Result::unwrap)
        .filter(|answer| answer.status() == 429)
        .collect();
    assert_eq!(throttled.len(), 1);
    assert_eq!(throttled[0].headers()["retry-after"], "1");
    graph.get("/me/messages").await;
}
