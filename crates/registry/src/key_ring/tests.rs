use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::TimeZone as _;
use tokio::{join, task::yield_now};

use super::*;

const OLD: &str = "old:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const NEW: &str = "new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

fn keys(list: &[&str]) -> MasterKeys {
    MasterKeys::parse(&list.join(",")).unwrap()
}

fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 12, 0, 0).unwrap()
}

/// Everybody who is in line when the first one asks goes on with what the first one got.
#[tokio::test]
async fn who_waits_for_the_source_does_not_ask_it_again() {
    let tenant = TenantId(uuid::Uuid::from_u128(1));
    let wrapped = keys(&[NEW]).wrap(&DataKey::generate(), tenant.0);
    let ring = KeyRing::new(keys(&[OLD]));
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let source: KeySource = Arc::new(move || {
        counter.fetch_add(1, Ordering::SeqCst);
        Box::pin(async {
            yield_now().await;
            Some(keys(&[NEW, OLD]))
        })
    });
    assert!(ring.source.set(source).is_ok());
    let open = || ring.try_with(noon(), |master| master.unwrap_key(&wrapped, tenant.0));
    let (one, two, three) = join!(open(), open(), open());
    assert!(one.is_ok() && two.is_ok() && three.is_ok());
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[test]
fn an_opened_key_is_let_go_of_after_a_while() {
    let ring = KeyRing::new(keys(&[OLD]));
    let (one, two) = (
        TenantId(uuid::Uuid::from_u128(1)),
        TenantId(uuid::Uuid::from_u128(2)),
    );
    ring.remember(one, Arc::new(DataKey::generate()), noon());
    let almost = noon() + KEPT - TimeDelta::milliseconds(1);
    assert!(ring.remembered(one, almost).is_some());
    assert!(ring.remembered(one, noon() + KEPT).is_none());
    assert!(ring.remembered(two, noon()).is_none());
    ring.remember(two, Arc::new(DataKey::generate()), noon() + KEPT);
    assert_eq!(ring.opened.lock().unwrap().len(), 1, "wiped, not hidden");
    ring.drop_key(two);
    assert!(ring.remembered(two, noon() + KEPT).is_none());
}
