//! `asepsis organization`: say who is assessed, or show it.

use asepsis_core::catalog::{Certainty, SizeAttribute, SizeTable};
use asepsis_core::engine::{SizeBasis, classify};
use asepsis_core::organization::{Organization, Site};
use serde::Serialize;

use super::Done;
use super::args::OrganizationArgs;
use super::figure::thousands;
use super::output::Output;
use crate::config;
use crate::ops::{By, Change, Home};
use crate::text::{Page, Paint, clean};

pub(crate) async fn run(
    args: &OrganizationArgs,
    home: &Home,
    output: &mut Output,
) -> anyhow::Result<Done> {
    if args.sizes {
        if output.json {
            output.document("asepsis-sizes/1", SizesDocument::from(&home.catalog.sizes))?;
            return Ok(Done::Well);
        }
        let mut page = output.page();
        sizes(home, &mut page);
        output.text(&page.finish());
        return Ok(Done::Well);
    }
    let change = change(args)?;
    let record = if is_change(args) {
        home.change(change, By::Named { name: "", role: "manager" }, config::now()).await?
    } else {
        home.organization_record().await?
    };
    let size = classify(&home.catalog, &record);
    if output.json {
        output
            .document("asepsis-organization/1", Document { organization: &record, size: &size })?;
    } else {
        let mut page = output.page();
        show(&record, &size, &mut page);
        output.text(&page.finish());
    }
    Ok(Done::Well)
}

#[derive(Serialize)]
struct Document<'a> {
    organization: &'a Organization,
    size: &'a SizeBasis,
}

#[derive(Serialize)]
struct SizesDocument<'a> {
    rule: &'a str,
    certainty: &'a Certainty,
    rows: Vec<SizeRow<'a>>,
}

#[derive(Serialize)]
struct SizeRow<'a> {
    id: &'a str,
    title: &'a str,
    small: &'a str,
    medium: &'a str,
    large: &'a str,
    /// Greatest numbers of the small and the medium column, where the row is a number.
    bounds: Option<(u64, u64)>,
}

impl<'a> From<&'a SizeTable> for SizesDocument<'a> {
    fn from(table: &'a SizeTable) -> Self {
        let row = |it: &'a SizeAttribute| SizeRow {
            id: &it.id,
            title: &it.title,
            small: &it.small,
            medium: &it.medium,
            large: &it.large,
            bounds: it.bounds.map(|it| (it.small, it.medium)),
        };
        let rows = table.attributes.iter().map(row).collect();
        Self { rule: &table.rule, certainty: &table.certainty, rows }
    }
}

fn is_change(args: &OrganizationArgs) -> bool {
    args.name.is_some()
        || !args.fits.is_empty()
        || args.size.is_some()
        || args.size_by_table
        || !args.domains.is_empty()
        || !args.drop_domains.is_empty()
        || !args.adopt.is_empty()
        || !args.sites.is_empty()
        || args.revenue.is_some()
        || args.zone.is_some()
}

fn change(args: &OrganizationArgs) -> anyhow::Result<Change> {
    let mut sites = Vec::new();
    for text in &args.sites {
        let (name, size) = match text.rsplit_once('=') {
            Some((name, size)) => (name, Some(size.parse().map_err(anyhow::Error::msg)?)),
            None => (text.as_str(), None),
        };
        sites.push(Site { name: name.trim().to_owned(), size });
    }
    Ok(Change {
        name: args.name.clone(),
        attributes: args.fits.clone(),
        size: args.size.map(Some).or(args.size_by_table.then_some(None)),
        domains: args.domains.clone(),
        drop_domains: args.drop_domains.clone(),
        adopt: args.adopt.clone(),
        sites,
        revenue: args.revenue.map(Some),
        zone: args.zone.clone(),
        ..Change::default()
    })
}

fn show(record: &Organization, size: &SizeBasis, page: &mut Page) {
    let name = match record.name.as_str() {
        "" => "(no name yet)".to_owned(),
        name => clean(name),
    };
    let name = page.paint(&name, Paint::Strong);
    page.line(&name);
    page.paragraph(&format!("Size: {}", size.sentence), 2);
    if !size.against.is_empty() {
        page.paragraph(
            &format!("Other attributes speak for another size: {}", size.against.join(", ")),
            2,
        );
    }
    let list =
        |items: &[String]| if items.is_empty() { "none yet".to_owned() } else { items.join(", ") };
    page.paragraph(&format!("Mail domains: {}", list(&record.domains)), 2);
    if !record.sites.is_empty() {
        let sites: Vec<String> = record
            .sites
            .iter()
            .map(|site| match site.size {
                Some(size) => format!("{} ({size})", clean(&site.name)),
                None => clean(&site.name),
            })
            .collect();
        page.paragraph(&format!("Sites: {}", sites.join(", ")), 2);
    }
    if !record.adopted.is_empty() {
        page.paragraph(&format!("Taken on from a larger size: {}", record.adopted.join(", ")), 2);
    }
    if let Some(dollars) = record.revenue {
        page.paragraph(&format!("Takes in: ${} a year", thousands(dollars as f64)), 2);
    }
    page.paragraph(&format!("Days end in: {}", record.zone), 2);
}

fn sizes(home: &Home, page: &mut Page) {
    let table = &home.catalog.sizes;
    page.heading("Where do you fit (HICP)");
    page.paragraph(
        &format!(
            "Rule: {}. Certainty: {}; {}",
            table.rule, table.certainty.level, table.certainty.note
        ),
        0,
    );
    for row in &table.attributes {
        page.blank();
        let title = page.paint(&format!("{} = {}", row.id, row.title), Paint::Strong);
        page.line(&title);
        page.hanging("small: ", &row.small, 2, Paint::Plain);
        page.hanging("medium:", &row.medium, 2, Paint::Plain);
        page.hanging("large: ", &row.large, 2, Paint::Plain);
        if row.bounds.is_some() {
            page.paragraph("a number will do", 2);
        }
    }
}
