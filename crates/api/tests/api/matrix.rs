//! Every door against every kind of token. Nothing is listed by hand but the doors, the kinds of tokens and what can
//! be wrong with one; the cells are their product, and what a cell must answer follows from [`rule`].

mod door;
mod family;
mod fault;
mod rule;
mod scene;
mod token;

use actix_web::test::TestRequest;

use crate::support::{Answer, forge, request, tokens};
use door::{Call, Content, Door, Way};
use family::Family;
use fault::Fault;
use rule::Expected;
use scene::Scene;

#[actix_web::test]
async fn a_door_accepts_its_own_kind_of_token_and_no_other() {
    let scene = Scene::new().await;
    let (mut cells, mut wrong) = (0, Vec::new());
    for door in Door::ALL {
        for family in Family::ALL {
            cells += column(&scene, door, family, &mut wrong).await;
        }
    }
    wrong.extend(strange_keys(&scene).await);
    println!("{cells} cells, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cells >= 120, "{cells} cells are too few");
}

/// Keys that Atlassian's key server was asked for and that are no key ids: what a token says led a URL astray.
async fn strange_keys(scene: &Scene) -> Vec<String> {
    let asked = scene.stage.jira.received_requests().await.unwrap();
    let paths = asked.into_iter().map(|it| it.url.path().to_owned());
    let of_keys = paths.filter(|path| path.contains("keys/"));
    let known = [tokens::KID, forge::KID, "unknown"].map(|kid| format!("/keys/{kid}"));
    of_keys.filter(|path| !known.contains(path)).collect()
}

/// All tokens of one family at one door: first those that must leave no trace, then those that are let in.
async fn column(scene: &Scene, door: Door, family: Family, wrong: &mut Vec<String>) -> usize {
    let faults = Fault::ALL.into_iter().filter(|it| it.concerns(family));
    let (let_in, kept_out): (Vec<_>, Vec<_>) = faults.partition(|fault| {
        *fault == Fault::Replayed || rule::expected(door, family, *fault) == Expected::Good
    });
    let before = scene.stage.everything().await;
    for fault in &kept_out {
        let token = token::make(scene, door, family, *fault);
        wrong.extend(try_once(scene, Cell(door, family, *fault), &token, 1).await);
    }
    if scene.stage.everything().await != before {
        wrong.push(format!(
            "{door:?} {family:?}: what is refused changes something"
        ));
    }
    for fault in &let_in {
        wrong.extend(try_inside(scene, Cell(door, family, *fault)).await);
        scene.restore().await;
    }
    let_in.len() + kept_out.len()
}

/// One door and one token.
#[derive(Clone, Copy, Debug)]
struct Cell(Door, Family, Fault);

/// A token that is let in, at least the first time. What another tenant may do leaves acme's things alone.
async fn try_inside(scene: &Scene, cell: Cell) -> Vec<String> {
    let Cell(door, family, fault) = cell;
    let token = token::make(scene, door, family, fault);
    let before = scene.of_acme().await;
    let mut wrong = Vec::new();
    if fault == Fault::Replayed {
        wrong.extend(try_once(scene, Cell(door, family, Fault::Right), &token, 1).await);
        wrong.extend(try_once(scene, cell, &token, 2).await);
    } else {
        wrong.extend(try_once(scene, cell, &token, 1).await);
    }
    if fault == Fault::OtherTenants && scene.of_acme().await != before {
        wrong.push(format!("{cell:?}: another tenant changes acme's things"));
    }
    wrong
}

/// What is wrong with the answer to this token, if anything.
async fn try_once(scene: &Scene, cell: Cell, token: &str, content: u8) -> Option<String> {
    let Cell(door, family, fault) = cell;
    let call = door.call(scene, content);
    let way = match fault {
        Fault::OtherWay => door.way().other(),
        _ => door.way(),
    };
    let answer = scene.send(with(&call, way, token)).await;
    let expected = rule::expected(door, family, fault);
    let as_expected = match expected {
        Expected::Good => answer.status == door.good(),
        Expected::Refused => is(&answer, 401, "unauthorized"),
        Expected::NotThere => is(&answer, 404, "not_found"),
        Expected::Denied(code) => is(&answer, 403, code),
        Expected::AsWithout => {
            let without = scene.send(without(&call)).await;
            (answer.status, title(&answer.text)) == (without.status, title(&without.text))
        }
    };
    let text: String = answer.text.trim().chars().take(200).collect();
    (!as_expected).then(|| format!("{cell:?}: {expected:?}, but {} {text}", answer.status))
}

/// A page's title: the rest of it has a nonce.
fn title(page: &str) -> &str {
    let (_, rest) = page.split_once("<title>").unwrap_or_default();
    rest.split_once("</title>").unwrap_or_default().0
}

fn is(answer: &Answer, status: u16, code: &str) -> bool {
    answer.status == status && answer.code() == code
}

fn without(call: &Call) -> TestRequest {
    content(request(call.method.clone(), &call.path), call)
}

fn with(call: &Call, way: Way, token: &str) -> TestRequest {
    let bare = |path: &str| request(call.method.clone(), path);
    let between = if call.path.contains('?') { '&' } else { '?' };
    let asked = match way {
        Way::Jwt => bare(&call.path).insert_header(("authorization", format!("JWT {token}"))),
        // With a token for Jira that nobody but Forge may bring.
        Way::Bearer => bare(&call.path)
            .insert_header(("authorization", format!("Bearer {token}")))
            .insert_header(("x-forge-oauth-system", token)),
        Way::Query => bare(&format!("{}{between}jwt={token}", call.path)),
        Way::ClientState => return content(bare(&call.path), &call.with_client_state(token)),
    };
    content(asked, call)
}

fn content(asked: TestRequest, call: &Call) -> TestRequest {
    match &call.content {
        Content::Nothing => asked,
        Content::Json(body) => asked.set_json(body),
        Content::Form(fields) => asked.set_form(fields),
    }
}
