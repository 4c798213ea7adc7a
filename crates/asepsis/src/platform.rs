//! Calls that differ between systems. All of the crate's are here; it reads no environment.

/// Columns of the terminal, where it tells.
#[cfg(unix)]
pub(crate) fn columns() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
    (size.ws_col > 0).then_some(usize::from(size.ws_col))
}

/// Columns of the terminal, where it tells.
#[cfg(not(unix))]
pub(crate) fn columns() -> Option<usize> {
    None
}

/// Whether a terminal shows color; asks a console of Windows to, which by itself prints the codes.
pub(crate) fn shows_color() -> bool {
    #[cfg(windows)]
    {
        anstyle_query::windows::enable_ansi_colors() == Some(true)
    }
    #[cfg(not(windows))]
    true
}

/// What this computer calls itself, where a call tells.
#[cfg(unix)]
pub(crate) fn host() -> Option<String> {
    Some(rustix::system::uname().nodename().to_string_lossy().into_owned())
}

/// What this computer calls itself, where a call tells.
#[cfg(not(unix))]
pub(crate) fn host() -> Option<String> {
    None
}
