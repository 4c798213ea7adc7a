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

/// Writes a file that only its owner may read; one that is there is replaced.
pub(crate) fn write_private(path: &std::path::Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Opens an address in the person's browser; false if there is none to be found.
pub(crate) fn open_in_browser(address: &str) -> bool {
    let (program, before): (&str, &[&str]) = if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let nothing = std::process::Stdio::null;
    let mut command = std::process::Command::new(program);
    command.args(before).arg(address).stdin(nothing()).stdout(nothing()).stderr(nothing());
    command.spawn().is_ok()
}

/// Ends when the terminal or the system asks the program to end.
pub(crate) async fn told_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut end) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = end.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
