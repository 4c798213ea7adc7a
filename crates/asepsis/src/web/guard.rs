//! The one gate before every route: host, session, right, and for forms origin, size and token.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{HeaderValue, SET_COOKIE};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::app::App;
use super::cookies::{self, Name};
use super::error::PageError;
use super::fields::{Fields, FieldsError};
use super::rights::{Right, may};
use super::visit::{Visit, Who};
use super::{token, ui};

/// A session ends after so long without a click: twelve hours, a long day at the front desk.
const IDLE: i64 = 12 * 3_600_000;
/// When somebody was last seen is written down at most once a minute.
const SEEN: i64 = 60_000;

/// A form must have arrived by then: 16 MiB over a slow wireless network.
const PATIENCE: Duration = Duration::from_secs(60);

/// The sender's address, put into the request by the server's own loop.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) IpAddr);

/// What one route asks for.
#[derive(Clone)]
pub(super) struct Rule {
    pub(super) app: Arc<App>,
    pub(super) right: Right,
    /// The most bytes a form may have.
    pub(super) limit: usize,
}

/// Refuses foreign hosts, and says how browsers must treat every answer.
pub(super) async fn outer(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = if app.options.hosts.known(request.headers()) {
        next.run(request).await
    } else {
        (StatusCode::MISDIRECTED_REQUEST, "This is not the address of this practice book.\n")
            .into_response()
    };
    let headers = response.headers_mut();
    const ALWAYS: [(&str, &str); 6] = [
        (
            "content-security-policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
             connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
        ("x-content-type-options", "nosniff"),
        // Not `no-referrer`: browsers would then send our own forms with the origin `null`.
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ];
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry("cache-control").or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Lets a request through to its handler, or says why not.
pub(super) async fn guard(State(rule): State<Rule>, request: Request, next: Next) -> Response {
    match enter(&rule, request, next).await {
        Ok(response) => response,
        Err(error) => error.into_response(),
    }
}

async fn enter(rule: &Rule, mut request: Request, next: Next) -> Result<Response, PageError> {
    let (app, tls) = (&rule.app, rule.app.options.tls);
    let session = cookies::read(request.headers(), Name::Session, tls);
    let found = match &session {
        Some(token) => who(app, token).await?,
        None => None,
    };
    let half = found.clone().filter(|who| !who.session.second_factor);
    let who = found.filter(|who| who.session.second_factor);
    let old = cookies::read(request.headers(), Name::Visit, tls);
    let visit = old.clone().unwrap_or_else(|| token::new(app.home.random()));
    allowed(app, rule.right, who.as_ref()).await?;
    let form_token = match &session {
        Some(cookie) if who.is_some() || half.is_some() => token::of_forms(cookie),
        _ => token::of_forms(&visit),
    };
    let seen = Visit {
        app: Arc::clone(app),
        who,
        half,
        visit: visit.clone(),
        form_token: form_token.clone(),
        said: ui::Said::in_query(request.uri().query()),
        address: request
            .extensions()
            .get::<Peer>()
            .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |it| it.0),
        now: app.now(),
    };
    if request.method() == Method::POST {
        let (fields, without) = form(rule, request, &form_token).await?;
        request = without;
        request.extensions_mut().insert(fields);
    }
    request.extensions_mut().insert(seen);
    let mut response = next.run(request).await;
    // A page may have given one of its own.
    if old.is_none() && !response.headers().contains_key(SET_COOKIE) {
        let set = cookies::set(Name::Visit, &visit, None, tls);
        if let Ok(value) = HeaderValue::from_str(&set) {
            response.headers_mut().append(SET_COOKIE, value);
        }
    }
    Ok(response)
}

/// What a form sent, if it is one of ours: from our own origin, within the limit, with the token. Gives
/// the request back without its body.
async fn form(
    rule: &Rule,
    request: Request,
    form_token: &str,
) -> Result<(Fields, Request), PageError> {
    if !rule.app.options.hosts.own_origin(request.headers()) {
        return Err(PageError::Foreign);
    }
    let (parts, body) = request.into_parts();
    let whole = Request::from_parts(parts.clone(), body);
    let fields = Fields::read(whole, rule.limit, PATIENCE).await.map_err(|error| match error {
        FieldsError::TooLarge(limit) => PageError::TooLarge(limit),
        FieldsError::Late(_) | FieldsError::NotAForm => PageError::Unreadable(error.to_string()),
    })?;
    if !token::same(fields.raw(ui::TOKEN), form_token) {
        return Err(PageError::Token);
    }
    Ok((fields, Request::from_parts(parts, Body::empty())))
}

/// The session behind a token, if it has not ended.
async fn who(app: &App, cookie: &str) -> Result<Option<Who>, PageError> {
    let (store, organization) = (&app.home.store, app.home.organization.as_str());
    let (kept, now) = (token::kept(cookie), app.now());
    let Some((session, account)) = store.session(organization, kept, now).await? else {
        return Ok(None);
    };
    let idle = now.as_millis().saturating_sub(session.seen_at.as_millis());
    if idle > IDLE {
        store.end_session(organization, kept).await?;
        return Ok(None);
    }
    if idle > SEEN {
        store.touch_session(organization, kept, now).await?;
    }
    Ok(Some(Who { account, session, kept }))
}

/// Whether the route may be used, and where to send somebody who has to do something else first.
async fn allowed(app: &App, right: Right, who: Option<&Who>) -> Result<(), PageError> {
    if right == Right::Open {
        return Ok(());
    }
    let Some(who) = who else {
        let accounts = app.home.store.accounts(&app.home.organization).await?;
        return Err(if accounts.is_empty() { PageError::FirstRun } else { PageError::SignIn });
    };
    // Reachable by others: nothing but one's own sign-in until it has a second factor.
    if app.options.beyond && who.account.totp.is_none() && right != Right::Own {
        return Err(PageError::SecondFactor);
    }
    if !may(Some(who.account.rights), right) {
        return Err(PageError::Forbidden);
    }
    Ok(())
}
