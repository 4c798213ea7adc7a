//! What an attacker would try, on every form of the book: refused, and nothing changes.

use asepsis::web::router;
use asepsis_store::accounts::Rights;
use axum::body::Body;

use super::rights::sample;
use super::support::{Book, HOST, form, run};
use crate::support::Session;

#[test]
fn no_form_is_taken_without_its_token_or_from_elsewhere() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let token = visitor.token().await;
        let other = book.signed_in(Rights::Staff).await.token().await;
        let before = book.entries().await;
        for route in router::all().into_iter().filter(|it| it.method == "POST") {
            let path = sample(route.path);
            let no_token = visitor.send(form(&path, &[])).await;
            let wrong = visitor.send(form(&path, &[("form-token", &"0".repeat(64))])).await;
            let of_another = visitor.send(form(&path, &[("form-token", &other)])).await;
            for answer in [no_token, wrong, of_another] {
                assert_eq!(answer.status, 403, "{path}: {}", answer.body);
            }
            let hostile: [(&str, &str); 5] = [
                ("origin", "https://elsewhere.example"),
                ("origin", "null"),
                ("origin", "http://127.0.0.1:9999"),
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-site", "same-site"),
            ];
            for (name, value) in hostile {
                let mut request = form(&path, &[("form-token", &token)]);
                request.headers_mut().insert(name, value.parse().unwrap());
                assert_eq!(visitor.send(request).await.status, 403, "{path} {name}: {value}");
            }
            let mut request = form(&path, &[("form-token", &token)]);
            request.headers_mut().insert("host", "elsewhere.example".parse().unwrap());
            assert_eq!(visitor.send(request).await.status, 421, "{path}");
            let mut request = form(&path, &[("form-token", &token)]);
            request.headers_mut().insert("content-type", "text/plain".parse().unwrap());
            assert_eq!(visitor.send(request).await.status, 400, "{path}");
            let mut request = form(&path, &[("form-token", &token)]);
            *request.body_mut() = Body::from(vec![b'a'; route.limit + 1]);
            assert_eq!(visitor.send(request).await.status, 413, "{path}");
        }
        assert_eq!(book.entries().await, before);
        // After all that the session is still good.
        assert_eq!(visitor.get("/").await.location(), "/today");
    });
}

#[test]
fn every_answer_says_how_browsers_must_treat_it() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let mut paths: Vec<String> = router::all().iter().map(|it| sample(it.path)).collect();
        paths.extend(["/nothing-here".to_owned(), "/assets/nothing.css".to_owned()]);
        for path in paths {
            let headers = visitor.get(&path).await.headers;
            let csp = headers.get("content-security-policy").unwrap().to_str().unwrap();
            assert!(csp.starts_with("default-src 'none'") && !csp.contains("unsafe"), "{path}");
            assert!(csp.contains("frame-ancestors 'none'"), "{path}");
            assert_eq!(headers.get("x-content-type-options").unwrap(), "nosniff");
            assert_eq!(headers.get("referrer-policy").unwrap(), "same-origin");
            assert_eq!(headers.get("cache-control").unwrap(), "no-store", "{path}");
            for cookie in headers.get_all("set-cookie") {
                let cookie = cookie.to_str().unwrap();
                assert!(cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
            }
        }
    });
}

#[test]
fn pages_have_no_other_methods() {
    run(async || {
        let book = Book::empty().await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
            let request = axum::http::Request::builder().method(method).uri("/sign-in");
            let request = request.header("host", HOST).body(Body::empty()).unwrap();
            assert_eq!(visitor.send(request).await.status, 405, "{method}");
        }
    });
}
