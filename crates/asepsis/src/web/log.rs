//! What the terminal that runs the server is told. Never a form's content, an address or a token.

/// Something failed on our side: said once, here.
#[expect(clippy::print_stderr, reason = "the terminal of `asepsis serve` is its log")]
pub(super) fn failed(error: &anyhow::Error) {
    eprintln!("asepsis serve: {error:#}");
}
