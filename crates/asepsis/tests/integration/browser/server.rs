//! A small server on a loopback port with pages that the harness is proven on: good ones, and ones
//! with a known fault each.

use std::net::Ipv4Addr;

use axum::Router;
use axum::extract::{Multipart, Query};
use axum::response::Html;
use axum::routing::{get, post};
use serde::Deserialize;
use tokio::net::TcpListener;

/// Serves the pages while the test's runtime lives, and answers their `http://127.0.0.1:PORT`.
pub(super) async fn start() -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new()
        .route("/good", get(async || strict(&page("Good", GOOD))))
        .route("/hello", get(hello))
        .route("/bad", get(async || Html(BAD)))
        .route("/script", get(async || Html(page("Script", SCRIPT))))
        .route("/media", get(async || Html(page("Media", MEDIA))))
        .route("/wide", get(async || Html(page("Wide", WIDE))))
        .route("/foreign", get(foreign))
        .route("/upload", get(async || Html(page("Upload", UPLOAD))))
        .route("/upload", post(upload));
    tokio::spawn(async { axum::serve(listener, app).await });
    origin
}

/// A page with nothing wrong around this content.
fn page(title: &str, content: &str) -> String {
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title>\
         <meta name=viewport content='width=device-width, initial-scale=1'>\
         <link rel=icon href='data:,'><main><h1>{title}</h1>{content}</main></html>"
    )
}

type Strict = ([(&'static str, &'static str); 1], Html<String>);

/// The page under a policy that lets it run no script.
fn strict(page: &str) -> Strict {
    let policy = "default-src 'none'; img-src data:; form-action 'self'; \
                  require-trusted-types-for 'script'";
    ([("content-security-policy", policy)], Html(page.to_owned()))
}

const GOOD: &str = "<p><a href='/hello?name=you'>Say hello</a> <a href='/wide'>Be wide</a></p>
<form action='/hello'><label for=name>Your name</label> <input id=name name=name value=nobody>
<label for=time>Time of day</label>
<select id=time name=time><option>morning</option><option>evening</option></select>
<button>Greet</button></form>";

#[derive(Deserialize)]
struct Greeting {
    name: String,
    #[serde(default)]
    time: String,
}

async fn hello(Query(it): Query<Greeting>) -> Html<String> {
    Html(page("Hello", &format!("<p id=said>Good {}, {}.</p>", it.time, it.name)))
}

/// No language, a field without a label, gray on white.
const BAD: &str = "<!doctype html><meta charset=utf-8><title>Bad</title><link rel=icon href='data:,'>
<main><h1>Bad</h1><p style='color: #bbb; background: #fff'>Hardly to be seen</p><input name=what></main>";

const SCRIPT: &str = "<p id=ran>no script ran</p><noscript><p id=none>for no scripts</p></noscript>
<script>document.getElementById('ran').textContent = 'a script ran'; missing();</script>";

/// Each sentence is there under one condition.
const MEDIA: &str = "<style>
p { display: none }
@media (prefers-color-scheme: dark) { .dark { display: block } body { background: #000; color: #fff } }
@media (forced-colors: active) { .forced { display: block } }
@media print { .print { display: block } }
@media (max-width: 700px) { .narrow { display: block } }
@media screen and (min-resolution: 2dppx) { .fine { display: block } }
</style><div id=seen>seen:
<p class=dark>dark</p><p class=forced>forced</p><p class=print>print</p>
<p class=narrow>narrow</p><p class=fine>fine</p></div>";

const WIDE: &str = "<div style='width: 600px; height: 3000px'>Six hundred wide</div>";

#[derive(Deserialize)]
struct At {
    host: String,
}

async fn foreign(Query(at): Query<At>) -> Html<String> {
    Html(page("Foreign", &format!("<img alt='' src='http://{}/picture.png'>", at.host)))
}

const UPLOAD: &str = "<form method=post enctype=multipart/form-data>
<label>File <input type=file name=file></label><button>Send</button></form>";

async fn upload(mut form: Multipart) -> Html<String> {
    let field = form.next_field().await.unwrap().unwrap();
    let name = field.file_name().unwrap_or_default().to_owned();
    let bytes = field.bytes().await.unwrap();
    Html(page("Sent", &format!("<p id=got>{name}: {} bytes</p>", bytes.len())))
}
