//! Backups to take away, and proof that nothing on record was changed.

use std::sync::Arc;

use asepsis_store::db::DbError;
use asepsis_store::verify::Verification;
use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

use super::say;
use super::sent_file::SentFile;
use crate::ops::BackupError;
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};
use crate::web::ui::{self, Faults, Field, Kind};
use crate::web::visit::Visit;

const HERE: &str = "/settings/backup";
const OWN: &str = "passphrase";

pub(super) fn routes() -> Vec<Route> {
    vec![
        get(HERE, Right::Manage, page),
        post(HERE, Right::Manage, make),
        post("/settings/backup/verify", Right::Manage, verify),
    ]
}

async fn page(visit: Visit) -> Result<Response, PageError> {
    Ok(ui::shown(show(&visit, None, &Faults::default())?))
}

fn show(
    visit: &Visit,
    verified: Option<&Verification>,
    faults: &Faults,
) -> Result<Markup, PageError> {
    let home = visit.home();
    let fields = html! {
        (Field::new(say::OWN_PASSPHRASE, OWN, Kind::Passphrase).hint(say::BACKUP_ASKS).autofill("current-password").show(faults))
        (ui::button(say::MAKE_BACKUP, ""))
    };
    let body = html! {
        (faults.summary())
        section.stack aria-labelledby="backup" {
            h2 #backup { (say::TAKE_AWAY) }
            @if home.store.db().file().is_some() {
                p { (say::BACKUP_WHAT) }
                (ui::form(visit, HERE, &fields))
                p { (say::BACKUP_BACK) }
                p { code { (say::RESTORE_VERB) } }
                p { (say::KEYS_APART) " " code { (home.places.keys.display().to_string()) } }
            } @else { p { (say::OTHER_STORE) } p { code { (say::PG_DUMP) } } }
        }
        section.stack aria-labelledby="verify" {
            h2 #verify { (say::UNCHANGED) }
            p { (say::UNCHANGED_HOW) }
            @if let Some(verified) = verified { (result(verified)) }
            (ui::form(visit, "/settings/backup/verify", &ui::button(say::VERIFY, "plain")))
        }
        @if let Some(head) = home.head_text()? {
            section.stack aria-labelledby="head" {
                h2 #head { (say::HEAD) }
                p { (say::HEAD_HOW) }
                pre { (head) }
            }
        }
    };
    Ok(super::framed(visit, say::BACKUP, &body))
}

fn result(verified: &Verification) -> Markup {
    html! {
        div.sheet.alert[!verified.is_sound()] role="status" {
            @match &verified.fault {
                None => p { strong { (say::sound(verified.size)) } },
                Some(fault) => {
                    p { strong { (say::NOT_SOUND) } }
                    p { (fault.to_string()) "." }
                    p { (say::NOT_SOUND_NEXT) }
                }
            }
            p.quiet { (say::tail(verified.tail)) }
        }
    }
}

async fn make(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let mut faults = Faults::default();
    if !super::is_own_passphrase(&visit, &fields, OWN, &mut faults).await? {
        return Ok(ui::again(show(&visit, None, &faults)?));
    }
    // To its end, even if the browser goes away meanwhile: nobody else would clear up.
    let home = Arc::clone(&visit.app.home);
    let file = match tokio::spawn(async move { home.backup_file().await }).await? {
        Ok(file) => file,
        Err(BackupError::Store(DbError::NotSqlite { .. })) => return Ok(ui::go(HERE, None)),
        Err(other) => return Err(other.into()),
    };
    let day = crate::ops::day(
        visit.now,
        &crate::ops::zone(&visit.home().organization_record().await?.zone),
    );
    let headers = [
        (CONTENT_TYPE, "application/vnd.sqlite3".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"asepsis-{day}.db\"")),
    ];
    Ok((headers, Body::new(SentFile::of(file)?)).into_response())
}

async fn verify(visit: Visit) -> Result<Response, PageError> {
    let verified = visit.home().verify(None).await?;
    Ok(ui::shown(show(&visit, Some(&verified), &Faults::default())?))
}
