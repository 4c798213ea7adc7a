//! Runs looks that somebody started, and starts those that the calendar asks for. Every process may
//! run this; the store decides who gets which job.

use std::sync::Arc;
use std::time::Duration;

use asepsis_collect::net::Net;
use tokio::sync::OnceCell;

use super::app::App;
use super::log;

/// The name of the setting that lets the book look again by itself: `on` or `off`.
pub(super) const AUTOMATIC: &str = "look.automatic";

/// How often the line of jobs is looked at.
const POLL: Duration = Duration::from_millis(400);
/// How often the calendar is looked at, in polls: about once a minute.
const CALENDAR: u32 = 150;

/// Works until it is dropped.
pub async fn work(app: Arc<App>) {
    let net = match Net::new(&app.options.dns, app.options.offline) {
        Ok(net) => net,
        Err(error) => {
            return log::failed(&anyhow::Error::new(error).context("cannot look at mail"));
        }
    };
    let own = OnceCell::new();
    let mut polls = 0_u32;
    loop {
        if polls.is_multiple_of(CALENDAR)
            && let Err(error) = calendar(&app, &own).await
        {
            log::failed(&error.context("cannot look at the calendar"));
        }
        polls = polls.wrapping_add(1);
        match app.home.run_look(&net, app.clock).await {
            Ok(true) => {}
            Ok(false) => tokio::time::sleep(POLL).await,
            Err(error) => {
                log::failed(&anyhow::Error::new(error).context("cannot look"));
                tokio::time::sleep(Duration::from_secs(10)).await;
            }
        }
    }
}

/// Puts in line what is due, and records what was missed.
async fn calendar(app: &App, own: &OnceCell<Option<String>>) -> anyhow::Result<()> {
    let (store, organization) = (&app.home.store, app.home.organization.as_str());
    if store.setting(organization, AUTOMATIC).await?.as_deref() != Some("on") {
        return Ok(());
    }
    let (book, now) = (app.book().await?, app.now());
    // Which computer this is does not change while the program runs, and finding out takes a look.
    let find = || tokio::task::spawn_blocking(move || crate::ops::own_computer(now));
    let own = own.get_or_init(|| async { find().await.ok().flatten() }).await;
    let due = app.home.due(&book, own.as_deref(), now);
    app.home.record_gaps(due.gaps, now).await?;
    let look = due.look;
    if look.computer || !look.domains.is_empty() {
        app.home.start_look(&look, "calendar", Some("calendar"), now).await?;
    }
    Ok(())
}
