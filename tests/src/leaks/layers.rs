//! What lies in what is searched: the text of hex dumps, of lines that were broken, of compressed streams.

use std::io::Read as _;

use flate2::read::{GzDecoder, ZlibDecoder};

/// A compressed hex dump of a compressed text, and no deeper.
const DEEPEST: usize = 3;
/// Shorter runs of hex digits are numbers and ids.
const SHORTEST_DUMP: usize = 48;
/// What a compressed stream may hold at most.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Calls `look` with the content and with every layer in it.
pub(super) fn each(content: &[u8], look: &mut dyn FnMut(&[u8])) {
    go(content, 0, look);
}

fn go(content: &[u8], depth: usize, look: &mut dyn FnMut(&[u8])) {
    look(content);
    if depth >= DEEPEST {
        return;
    }
    if let Some(joined) = joined(content) {
        look(&joined);
    }
    for dump in dumps(content) {
        go(&dump, depth + 1, look);
    }
    for stream in streams(content) {
        go(&stream, depth + 1, look);
    }
}

/// The content without line breaks, real ones and escaped ones: base64 comes in lines.
fn joined(content: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(content.len());
    let mut rest = content;
    while let Some((&byte, after)) = rest.split_first() {
        match (byte, after.first()) {
            (b'\r' | b'\n', _) => rest = after,
            (b'\\', Some(b'r' | b'n')) => rest = &after[1..],
            _ => {
                joined.push(byte);
                rest = after;
            }
        }
    }
    (joined.len() < content.len()).then_some(joined)
}

/// What long runs of hex digits stand for: `bytea` in a dump of PostgreSQL.
fn dumps(content: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    content
        .split(|byte| !byte.is_ascii_hexdigit())
        .filter(|run| run.len() >= SHORTEST_DUMP)
        .filter_map(|run| hex::decode(&run[..run.len() / 2 * 2]).ok())
}

/// What gzip and zlib streams hold, as far as they can be read.
fn streams(content: &[u8]) -> Vec<Vec<u8>> {
    let mut streams = Vec::new();
    for (at, head) in content.windows(3).enumerate() {
        let mut plain = Vec::new();
        // A broken end does not matter; a wrong guess gives next to nothing.
        let _ = match head {
            [0x1f, 0x8b, 8] => GzDecoder::new(&content[at..])
                .take(LARGEST)
                .read_to_end(&mut plain),
            [0x78, 0x01 | 0x5e | 0x9c | 0xda, _] => ZlibDecoder::new(&content[at..])
                .take(LARGEST)
                .read_to_end(&mut plain),
            _ => continue,
        };
        if !plain.is_empty() {
            streams.push(plain);
        }
    }
    streams
}
