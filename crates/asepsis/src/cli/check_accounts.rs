//! `asepsis check accounts ldaps://…`: ask a directory for its accounts, record what is new.

use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, bail};
use asepsis_collect::net::Net;

use super::Done;
use super::args::{CheckArgs, DirectoryArgs};
use super::import;
use super::output::Output;
use super::progress::Progress;
use crate::config;
use crate::ops::{By, DirectorySettings, Home, Secured, directory_roots};

/// Longest file with a password or certificates.
const LONGEST: u64 = 1 << 20;
/// How long a directory may take in all.
const TIME: Duration = Duration::from_secs(600);

pub(crate) async fn run(
    args: &CheckArgs,
    home: &Home,
    output: &mut Output,
) -> anyhow::Result<Done> {
    let [server] = args.targets.as_slice() else {
        bail!("name one directory: asepsis check accounts ldaps://dc1.clinic.example --user …");
    };
    let settings = settings(server, &args.directory)?;
    let net = Net::new(&args.dns, args.offline)?;
    let progress = Progress::new(output.display, output.quiet);
    progress.say(&format!("Asking {} for its accounts …", settings.host));
    let by = By::Named { name: "", role: "it" };
    let taken = home.look_at_directory(&settings, &net, by, config::now()).await;
    progress.end();
    import::show(server.clone(), taken?, home, output).await
}

fn settings(server: &str, args: &DirectoryArgs) -> anyhow::Result<DirectorySettings> {
    let (scheme, rest) = server.split_once("://").unwrap_or(("ldaps", server));
    let secured = match (scheme, args.start_tls, args.plain) {
        ("ldaps", false, false) => Secured::Tls,
        ("ldap", true, false) => Secured::StartTls,
        ("ldap", false, _) => Secured::Not,
        ("ldap" | "ldaps", ..) => {
            bail!("--start-tls and --plain go with ldap://, and not together")
        }
        _ => bail!("{server:?} is neither ldaps://HOST nor ldap://HOST"),
    };
    let rest = rest.trim_end_matches('/');
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => {
            let port = port.parse().with_context(|| format!("{port:?} is no port"))?;
            (host, Some(port))
        }
        _ => (rest, None),
    };
    let user = args.user.clone().context("give the account that may read it: --user ACCOUNT")?;
    let file = args.password_file.as_ref();
    let file = file.context("give a file with its password: --password-file FILE")?;
    let password = read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let password = password.lines().next().unwrap_or_default().to_owned();
    let roots = match &args.ca {
        Some(path) => {
            let pem = read(path).with_context(|| format!("cannot read {}", path.display()))?;
            directory_roots(pem.as_bytes())?
        }
        None => Vec::new(),
    };
    Ok(DirectorySettings {
        host: host.trim_matches(['[', ']']).to_owned(),
        port,
        secured,
        plain_allowed: args.plain,
        roots,
        user,
        password,
        base: args.base.clone(),
        time: TIME,
    })
}

fn read(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    if path.as_os_str() == "-" {
        std::io::stdin().take(LONGEST).read_to_string(&mut text)?;
    } else {
        std::fs::File::open(path)?.take(LONGEST).read_to_string(&mut text)?;
    }
    Ok(text)
}
