use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use actix_web::HttpRequest;
use ipnet::IpNet;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// Who sent the request: the peer, or, where the peer is a proxy of ours, the right-most entry of
/// `X-Forwarded-For` that is none. What stands left of it is the sender's own word and worth nothing.
pub(super) fn of(request: &HttpRequest, trusted: &[IpNet]) -> IpAddr {
    let peer = request
        .peer_addr()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
    let values = request.headers().get_all(FORWARDED_FOR);
    let entries: Vec<&str> = values
        .map(|value| value.to_str().unwrap_or_default())
        .flat_map(|value| value.split(','))
        .collect();
    sender(peer, &entries, trusted)
}

fn sender(peer: IpAddr, forwarded: &[&str], trusted: &[IpNet]) -> IpAddr {
    let ours = |address: IpAddr| trusted.iter().any(|net| net.contains(&address));
    let mut sender = peer.to_canonical();
    for entry in forwarded.iter().rev() {
        if !ours(sender) {
            break;
        }
        match read(entry.trim()) {
            Some(before) => sender = before,
            None => break,
        }
    }
    sender
}

/// An address as proxies write it: alone, with a port, or in brackets.
fn read(entry: &str) -> Option<IpAddr> {
    let bare = entry.trim_start_matches('[').trim_end_matches(']');
    let address = bare
        .parse::<IpAddr>()
        .or_else(|_| entry.parse::<SocketAddr>().map(|it| it.ip()))
        .ok()?;
    Some(address.to_canonical())
}

/// What one sender can choose freely of its address does not make it another: a whole /64 is one for IPv6.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nets(nets: &[&str]) -> Vec<IpNet> {
        nets.iter().map(|net| net.parse().unwrap()).collect()
    }

    fn of(peer: &str, forwarded: &[&str]) -> String {
        let trusted = nets(&["10.0.0.0/8", "fd00::/8"]);
        sender(peer.parse().unwrap(), forwarded, &trusted).to_string()
    }

    #[test]
    fn a_stranger_cannot_say_who_it_is() {
        assert_eq!(of("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
    }

    #[test]
    fn behind_a_proxy_of_ours_the_right_most_stranger_counts() {
        assert_eq!(of("10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        let spoofed = &["1.1.1.1", " 198.51.100.1", "10.2.3.4"];
        assert_eq!(of("10.0.0.1", spoofed), "198.51.100.1");
        assert_eq!(of("::ffff:10.0.0.1", spoofed), "198.51.100.1");
        assert_eq!(of("10.0.0.1", &["198.51.100.1:4711"]), "198.51.100.1");
        assert_eq!(of("fd00::1", &["[2001:db8::1]:80"]), "2001:db8::1");
        assert_eq!(of("10.0.0.1", &["[2001:db8::1]"]), "2001:db8::1");
    }

    #[test]
    fn what_cannot_be_read_ends_the_way() {
        assert_eq!(of("10.0.0.1", &["198.51.100.1", "unknown"]), "10.0.0.1");
        assert_eq!(of("10.0.0.1", &["", "10.0.0.2"]), "10.0.0.2");
        assert_eq!(of("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn a_network_of_ipv6_is_one_sender() {
        let net = |it: &str| network(it.parse().unwrap()).to_string();
        assert_eq!(net("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(net("192.0.2.7"), "192.0.2.7");
    }
}
