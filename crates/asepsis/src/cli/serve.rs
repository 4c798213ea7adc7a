//! `asepsis serve`: the practice book in a browser, on this machine or behind TLS.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Context as _;

use super::Done;
use super::args::{Global, ServeArgs};
use super::error::Help;
use super::output::Output;
use crate::config::{self, SystemRandom};
use crate::ops::{Home, Kept, ServeError};
use crate::platform;
use crate::web::{App, Hosts, Options, Serving, router, tls};

/// The usual port; another free one is taken if it is in use and none was asked for.
const PORT: u16 = 7391;

pub(crate) async fn run(
    args: &ServeArgs,
    global: &Global,
    output: &mut Output,
) -> anyhow::Result<Done> {
    let home = Arc::new(Home::open(&global.settings(), Box::new(SystemRandom)).await?);
    let ip = args.address.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let asked = SocketAddr::new(ip, args.port.unwrap_or(PORT));
    let beyond = home.may_serve(asked).await.map_err(|error| match error {
        ServeError::NoSecondFactor { .. } => anyhow::Error::new(error).context(Help(
            "serve on this machine first (without --address), sign in, and set up the second step \
             under Settings"
                .to_owned(),
        )),
        other => other.into(),
    })?;
    let names = names(args, ip);
    let acceptor = match (&args.tls_cert, &args.tls_key) {
        (Some(chain), Some(key)) => Some(tls::given(chain, key)?),
        _ if beyond => Some(tls::own(&home.places.keys, &names)?),
        _ => None,
    };
    let encrypted = acceptor.is_some();
    let serving = match Serving::bind(asked, acceptor.clone()).await {
        // The usual port is taken, by another book perhaps: any other will do.
        Err(_) if args.port.is_none() => Serving::bind(SocketAddr::new(ip, 0), acceptor).await,
        bound => bound,
    };
    let serving = serving.with_context(|| format!("cannot serve at {asked}")).context(Help(
        "stop what uses the port, or give another one: asepsis serve --port 7400".to_owned(),
    ))?;
    let address = serving.address()?;
    let hosts = if encrypted {
        Hosts::behind_tls(address, &names)
    } else {
        Hosts::loopback(address.port())
    };
    let first = hosts.address();
    let options = Options {
        hosts,
        tls: encrypted,
        beyond,
        dns: args.dns.clone(),
        offline: args.offline,
        kept: Kept::USUAL,
    };
    let app = App::new(Arc::clone(&home), config::now, options);
    let open = match app.claim_code().await? {
        Some(code) => format!("{first}/claim/{code}"),
        None => first,
    };
    output
        .text(&format!("Your practice book is at {open}\nIt runs until you press Ctrl+C here.\n"));
    output.flush()?;
    if !args.no_browser && !platform::open_in_browser(&open) {
        output.text("No browser could be started here; open the address yourself.\n");
        output.flush()?;
    }
    let work = tokio::spawn(crate::web::work(Arc::clone(&app)));
    crate::web::serve(serving, router::router(&app), platform::told_to_end()).await;
    work.abort();
    // It must have let go of the store before that is closed; how it ended does not matter.
    let _ = work.await;
    home.store.close().await;
    Ok(Done::Well)
}

/// The names under which others may reach the book.
fn names(args: &ServeArgs, ip: IpAddr) -> Vec<String> {
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    if !ip.is_unspecified() && !ip.is_loopback() {
        names.push(ip.to_string());
    }
    names.push(config::host());
    names.extend(args.names.iter().cloned());
    names.dedup();
    names
}
