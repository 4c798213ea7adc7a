//! Calls that differ between systems. All of the crate's are here.

use std::process::{Child, Command};

use crate::source::Uname;

/// The user this process acts as, where users have numbers.
#[cfg(unix)]
pub(crate) fn effective_uid() -> Option<u32> {
    Some(rustix::process::geteuid().as_raw())
}

/// The user this process acts as, where users have numbers.
#[cfg(not(unix))]
pub(crate) fn effective_uid() -> Option<u32> {
    None
}

/// What the system calls itself.
#[cfg(unix)]
pub(crate) fn uname() -> Uname {
    let name = rustix::system::uname();
    let text = |part: &std::ffi::CStr| part.to_string_lossy().into_owned();
    Uname {
        system: text(name.sysname()),
        host: text(name.nodename()),
        release: text(name.release()),
        machine: text(name.machine()),
    }
}

/// What the system calls itself.
#[cfg(not(unix))]
pub(crate) fn uname() -> Uname {
    let system = if cfg!(windows) { "Windows" } else { std::env::consts::OS };
    let host = gethostname::gethostname().to_string_lossy().into_owned();
    Uname { system: system.to_owned(), host, ..Uname::default() }
}

/// Makes the process to be started the head of a group of its own, so that [`stop`] reaches all.
#[cfg(unix)]
pub(crate) fn own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

/// Groups of processes are not used here.
#[cfg(not(unix))]
pub(crate) fn own_group(_command: &mut Command) {}

/// Stops a child and, where there are groups, all it started; then forgets it.
pub(crate) fn stop(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        // It may have ended by itself; then there is nothing to stop.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    drop(child.kill());
    drop(child.wait());
}
