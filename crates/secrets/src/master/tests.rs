use secrecy::ExposeSecret as _;

use super::*;
use crate::Place;

const ONE: &str = "one:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const TWO: &str = "two:__________________________________________8";
const TENANT: Uuid = Uuid::from_u128(1);
const PLACE: Place = Place {
    tenant: TENANT,
    table: "grants",
    column: "refresh_token",
};

fn keys(list: &[&str]) -> MasterKeys {
    MasterKeys::parse(&list.join(",")).unwrap()
}

#[test]
fn a_new_first_key_seals_and_the_old_one_still_opens() {
    let data_key = DataKey::generate();
    let sealed = data_key.seal(&PLACE, b"secret");
    let wrapped = keys(&[ONE]).wrap(&data_key, TENANT);

    let rotated = keys(&[TWO, ONE]);
    let opened = rotated.unwrap_key(&wrapped, TENANT).unwrap();
    assert_eq!(opened.open(&PLACE, &sealed).unwrap().as_slice(), b"secret");

    let again = rotated.rewrap(&wrapped, TENANT).unwrap().unwrap();
    assert_eq!(rotated.rewrap(&again, TENANT).unwrap(), None);
    let opened = keys(&[TWO]).unwrap_key(&again, TENANT).unwrap();
    assert_eq!(opened.open(&PLACE, &sealed).unwrap().as_slice(), b"secret");
}

#[test]
fn a_key_whose_master_is_gone_says_which_one_is_missing() {
    let wrapped = keys(&[ONE]).wrap(&DataKey::generate(), TENANT);
    assert_eq!(
        keys(&[TWO]).unwrap_key(&wrapped, TENANT).unwrap_err(),
        OpenError::UnknownMasterKey("one".to_owned())
    );
}

#[test]
fn a_wrapped_key_opens_for_its_tenant_alone() {
    let masters = keys(&[ONE]);
    let wrapped = masters.wrap(&DataKey::generate(), TENANT);
    let stranger = Uuid::from_u128(2);
    assert_eq!(
        masters.unwrap_key(&wrapped, stranger).unwrap_err(),
        OpenError::Refused
    );
}

#[test]
fn a_changed_or_short_wrapped_key_never_opens() {
    let masters = keys(&[ONE, TWO]);
    let wrapped = masters.wrap(&DataKey::generate(), TENANT);
    for bit in 0..wrapped.len() * 8 {
        let mut changed = wrapped.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(masters.unwrap_key(&changed, TENANT).is_err(), "bit {bit}");
    }
    for length in 0..wrapped.len() {
        assert!(masters.unwrap_key(&wrapped[..length], TENANT).is_err());
    }
}

#[test]
fn another_master_of_the_same_name_is_refused() {
    let wrapped = keys(&[ONE]).wrap(&DataKey::generate(), TENANT);
    let imposter = TWO.replace("two", "one");
    assert_eq!(
        keys(&[&imposter]).unwrap_key(&wrapped, TENANT).unwrap_err(),
        OpenError::Refused
    );
}

#[test]
fn a_wrong_list_is_refused_with_the_entry_named() {
    let short = "short:AAAA";
    for (list, error) in [
        ("", KeyListError::Empty),
        (" , ", KeyListError::Empty),
        ("nonsense", KeyListError::Shape(1)),
        (&format!("{ONE},:AAAA"), KeyListError::Id(2)),
        ("a b:AAAA", KeyListError::Id(1)),
        (
            &format!("{}:AAAA", "x".repeat(LONGEST_ID + 1)),
            KeyListError::Id(1),
        ),
        (short, KeyListError::Key("short".to_owned())),
        ("bad:***", KeyListError::Key("bad".to_owned())),
        (
            &format!("{ONE},{ONE}"),
            KeyListError::Twice("one".to_owned()),
        ),
    ] {
        assert_eq!(MasterKeys::parse(list).unwrap_err(), error, "{list}");
    }
}

#[test]
fn a_list_may_have_commas_and_line_ends_as_files_do() {
    let list = MasterKeys::parse(&format!("{TWO}\r\n\n{ONE}\n")).unwrap();
    assert!(list.ids().eq(["two", "one"]));
}

#[test]
fn a_new_key_is_an_entry_of_the_list_and_never_the_same() {
    let new = |id| MasterKeys::generate(id).unwrap().expose_secret().to_owned();
    let (one, two) = (new("2026-11"), new("2026-12"));
    let both = keys(&[&one, &two]);
    assert!(both.ids().eq(["2026-11", "2026-12"]));
    assert_ne!(
        one.split_once(':').unwrap().1,
        two.split_once(':').unwrap().1
    );
    for id in ["", "a b", "a:b", "a,b", "a\nb"] {
        assert_eq!(MasterKeys::generate(id).unwrap_err(), KeyListError::Id(1));
    }
}

#[test]
fn a_wrapped_key_says_in_clear_which_master_key_opens_it() {
    let wrapped = keys(&[TWO, ONE]).wrap(&DataKey::generate(), TENANT);
    assert_eq!(MasterKeys::id_of(&wrapped), Ok("two"));
    for broken in [&b""[..], &wrapped[..3], b"\x02\x01x"] {
        assert_eq!(MasterKeys::id_of(broken), Err(OpenError::Format));
    }
}

#[test]
fn debug_shows_ids_and_no_key() {
    let shown = format!("{:?}", keys(&[TWO, ONE]));
    assert_eq!(shown, r#"MasterKeys { first: "two", older: ["one"] }"#);
}
