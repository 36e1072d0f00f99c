use chrono::TimeDelta;
use rcgen::{CertificateParams, KeyPair, PKCS_ECDSA_P256_SHA256, RsaKeySize};

use super::*;
use crate::testing::{Pair, now, pair, pair_of};

fn parse(pem: &str) -> Result<Certificate, CertificateError> {
    Certificate::parse(&SecretString::from(pem), now())
}

#[test]
fn key_and_certificate_are_read_in_any_order_and_know_their_end() {
    let Pair { key, certificate } = pair();
    for pem in [
        format!("{key}{certificate}"),
        format!("Bag Attributes\n{certificate}\n{key}"),
    ] {
        let read = parse(&pem).unwrap();
        let end = now()
            .date_naive()
            .and_time(chrono::NaiveTime::MIN)
            .and_utc()
            + TimeDelta::days(90);
        assert_eq!(read.expires_at(), end);
        assert_eq!(read.thumbprint().len(), 40);
        assert!(!format!("{read:?}").contains("KEY"));
    }
}

#[test]
fn what_is_kept_is_read_again() {
    let Pair { key, certificate } = pair();
    let read = parse(&format!("{key}{certificate}")).unwrap();
    let registration::Credential::Certificate { pem_key, pem_chain } = read.credential() else {
        panic!("a certificate is kept as one")
    };
    let again = Certificate::kept(&pem_key, &pem_chain).unwrap();
    assert_eq!(again.thumbprint(), read.thumbprint());
    assert_eq!(again.x5c(), read.x5c());
    assert!(
        !pem_chain.contains("PRIVATE"),
        "the key stands in its own field"
    );
}

#[test]
fn each_thing_that_is_wrong_is_named() {
    let Pair { key, certificate } = pair();
    let other = pair_of(RsaKeySize::_2048, now() - TimeDelta::days(1), 90);
    let over = pair_of(RsaKeySize::_2048, now() - TimeDelta::days(91), 90);
    let early = pair_of(RsaKeySize::_2048, now() + TimeDelta::days(1), 90);
    let curve = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
    let of_curve = CertificateParams::default().self_signed(&curve).unwrap();
    for (pem, error) in [
        (String::new(), CertificateError::NoKey),
        (certificate.clone(), CertificateError::NoKey),
        (key.clone(), CertificateError::NoCertificate),
        (
            key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY") + certificate.as_str(),
            CertificateError::Protected,
        ),
        (
            format!("{key}{}", other.certificate),
            CertificateError::Mismatch,
        ),
        (
            format!("{}{}", over.key, over.certificate),
            CertificateError::Expired,
        ),
        (
            format!("{}{}", early.key, early.certificate),
            CertificateError::NotYetValid,
        ),
        (
            format!("{}{}", curve.serialize_pem(), of_curve.pem()),
            CertificateError::NotRsa,
        ),
        (format!("{key}{}", of_curve.pem()), CertificateError::NotRsa),
        (
            key.clone() + certificate.replace("MII", "???").as_str(),
            CertificateError::Unreadable,
        ),
    ] {
        assert_eq!(parse(&pem).unwrap_err(), error);
    }
}

#[test]
fn a_kept_certificate_that_expired_is_still_shown_to_microsoft() {
    let over = pair_of(RsaKeySize::_2048, now() - TimeDelta::days(91), 90);
    let kept = Certificate::kept(&over.key.into(), &over.certificate).unwrap();
    assert_eq!(kept.usable_at(now()), Err(CertificateError::Expired));
}

#[test]
fn a_short_key_is_refused() {
    // Of a certificate with 1,024 bits its own key is not needed to see it.
    let pem = pair().key.clone() + include_str!("1024_bits.pem");
    assert_eq!(parse(&pem).unwrap_err(), CertificateError::TooShort);
}
