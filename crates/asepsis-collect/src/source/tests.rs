//! Sources keep their limits and tell their failures apart.

use super::*;

#[test]
fn a_live_source_tells_missing_large_and_strange_things_apart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, b"0123456789").unwrap();
    let path = file.to_str().unwrap();
    assert_eq!(Live.read(path, 10).unwrap(), b"0123456789");
    assert!(matches!(Live.read(path, 9), Err(SourceError::TooLarge { limit: 9, .. })));
    assert_eq!(Live.read_start(path, 3).unwrap(), b"012");
    assert_eq!(Live.read_end(path, 3).unwrap(), b"789");
    assert!(Live.read("/no/such/file", 9).unwrap_err().is_missing());
    assert!(Live.read(&format!("{path}/below"), 9).unwrap_err().is_missing());
    let folder_path = folder.path().to_str().unwrap();
    assert!(matches!(Live.read(folder_path, 9), Err(SourceError::Failed { .. })));
    assert_eq!(Live.list(folder_path, 1).unwrap(), ["file"]);
    assert!(matches!(Live.list(folder_path, 0), Err(SourceError::TooLarge { .. })));
    assert!(Live.exists(path).unwrap());
    assert!(!Live.exists("/no/such/file").unwrap());
}

#[cfg(unix)]
#[test]
fn a_command_that_takes_too_long_is_stopped_with_all_it_started() {
    use std::time::Duration;
    let start = |script: &str| {
        let mut process = std::process::Command::new("/bin/sh");
        process.args(["-c", script]).stdout(std::process::Stdio::piped());
        crate::platform::own_group(&mut process);
        process.spawn().unwrap()
    };
    let limit = Duration::from_millis(150);
    let slow = live::finish(start("sleep 30 & sleep 30"), "slow", limit, 10);
    assert_eq!(slow, Err(SourceError::TimedOut { what: "slow".to_owned(), millis: 150 }));
    let loud = live::finish(start("yes"), "loud", Duration::from_secs(5), 1000);
    assert!(matches!(loud, Err(SourceError::TooLarge { limit: 1000, .. })));
    let wrong = live::finish(start("exit 3"), "wrong", Duration::from_secs(5), 10);
    assert!(matches!(wrong, Err(SourceError::Failed { .. })));
    let good = live::finish(start("echo hi"), "good", Duration::from_secs(5), 10);
    assert_eq!(good.unwrap(), b"hi\n");
}

#[test]
fn a_capture_keeps_what_files_cannot_show() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root/etc");
    std::fs::create_dir_all(&root).unwrap();
    std::fs::create_dir_all(folder.path().join("commands")).unwrap();
    std::fs::write(root.join("motd"), "hello").unwrap();
    std::fs::write(
        folder.path().join("capture.txt"),
        "# a comment\ndenied /etc/shadow\nlink /etc/localtime /usr/share/zoneinfo/UTC\n\
         empty /run/reboot-required\nmodified /var/lib/stamp 2026-11-20T00:00:00Z\n",
    )
    .unwrap();
    std::fs::write(folder.path().join("commands/uname.txt"), "Linux host 6.1 x86_64\n").unwrap();
    let source = Captured::open(folder.path()).unwrap();
    assert_eq!(source.read("/etc/motd", 5).unwrap(), b"hello");
    assert_eq!(source.read("/etc/shadow", 5), Err(SourceError::denied("/etc/shadow")));
    assert!(source.read("/etc/none", 5).unwrap_err().is_missing());
    assert!(source.read("/../capture.txt", 5).unwrap_err().is_missing());
    assert_eq!(source.link("/etc/localtime").unwrap(), "/usr/share/zoneinfo/UTC");
    assert_eq!(source.list("/etc", 9).unwrap(), ["localtime", "motd", "shadow"]);
    assert!(source.exists("/run/reboot-required").unwrap());
    assert_eq!(source.modified("/var/lib/stamp").unwrap().date(), "2026-11-20");
    assert_eq!(source.uname().unwrap().host, "host");
    assert_eq!(source.effective_uid(), None);
    assert!(matches!(source.run(Command::NftRules), Err(SourceError::Denied { .. })));
    std::fs::write(folder.path().join("capture.txt"), "what is this").unwrap();
    assert!(Captured::open(folder.path()).is_err());
}
