//! `asepsis report`: one HTML file for people, or JSON.

use std::path::PathBuf;

use asepsis_report::Report;

use super::Done;
use super::args::{Global, ReportArgs};
use super::file;
use super::output::Output;
use super::status::View;
use crate::config;
use crate::ops::{Home, assess};
use crate::text::clean;

pub(crate) async fn run(
    args: &ReportArgs,
    global: &Global,
    home: &Home,
    output: &mut Output,
) -> anyhow::Result<Done> {
    let assessed = assess(home, &global.when(), config::now()).await?;
    let view = View { assessed: &assessed };
    if output.json {
        output.document("asepsis-report/1", view.document())?;
        if let Some(to) = &args.to {
            let text = output.take();
            file::write(to, text.as_bytes())?;
        }
        return Ok(Done::Well);
    }
    let program = format!("asepsis {}", env!("CARGO_PKG_VERSION"));
    // Names from outside must not turn the direction of the text around them.
    let html = clean(&asepsis_report::html(&Report {
        catalog: &assessed.catalog,
        assessment: &assessed.assessment,
        next: &assessed.next,
        interview: &assessed.interview,
        program: &program,
        zone: view.zone(),
    }));
    let day = view.day(assessed.assessment.as_of);
    let to = args.to.clone().unwrap_or_else(|| PathBuf::from(format!("asepsis-{day}.html")));
    file::write(&to, html.as_bytes())?;
    if !output.quiet {
        let size = html.len().div_ceil(1000);
        output.text(&format!(
            "Wrote {} ({size} kB). Open it in a browser, or print it.\n",
            to.display()
        ));
    }
    Ok(Done::Well)
}
