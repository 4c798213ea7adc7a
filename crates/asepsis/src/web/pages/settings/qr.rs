//! A text as a square of dots for a telephone's camera, drawn as SVG: black on white in every color
//! scheme, since cameras need it.

use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};

/// Light dots that must stand around it (ISO/IEC 18004, section 5.3.8).
const QUIET: i32 = 4;

/// The drawing; `None` if the text is too long for one.
pub(super) fn code(text: &str, label: &str) -> Option<Markup> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = code.size() + 2 * QUIET;
    Some(html! {
        svg.qr role="img" aria-label=(label) viewBox=(format!("0 0 {side} {side}")) width="240" height="240" shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(dots(&code)) fill="#000" {}
        }
    })
}

/// One stroke for each run of dark dots in a row.
fn dots(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += i32::try_from(run).unwrap_or(code.size()).max(1);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws the path again and compares it with the code dot by dot.
    #[test]
    fn every_dark_dot_is_drawn_and_no_other() {
        let code =
            QrCode::encode_text("otpauth://totp/x?secret=GEZDGNBV", QrCodeEcc::Medium).unwrap();
        let mut drawn = std::collections::BTreeSet::new();
        for stroke in dots(&code).split('M').skip(1) {
            let (at, rest) = stroke.split_once('h').unwrap();
            let (x, y) = at.split_once(' ').unwrap();
            let run: i32 = rest.split_once('v').unwrap().0.parse().unwrap();
            let (x, y): (i32, i32) = (x.parse().unwrap(), y.parse().unwrap());
            drawn.extend((x..x + run).map(|x| (x - QUIET, y - QUIET)));
        }
        for y in 0..code.size() {
            for x in 0..code.size() {
                assert_eq!(drawn.contains(&(x, y)), code.get_module(x, y), "{x} {y}");
            }
        }
    }
}
