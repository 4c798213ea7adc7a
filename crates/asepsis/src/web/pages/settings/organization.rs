//! Who the organization is: name, size, mail domains, sites, and what it took on by choice.

use asepsis_core::organization::{Organization, Sector, Site, Size};
use asepsis_report::words;
use axum::response::Response;
use maud::{Markup, html};

use super::say;
use crate::ops::{Book, By, Change, ChangeError, size_rows};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::pages::first_run::{self, english as first};
use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};
use crate::web::ui::{self, Choice, Faults, Field, Kind, Said};
use crate::web::visit::Visit;

const HERE: &str = "/settings/organization";
/// The most sites that are shown, or made.
const MOST: usize = 50;
/// Time zones that are offered at once; any other may be typed.
const ZONES: [&str; 9] = [
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "UTC",
];

pub(super) fn routes() -> Vec<Route> {
    vec![
        get(HERE, Right::Manage, page),
        post(HERE, Right::Manage, name),
        post("/settings/organization/size", Right::Manage, size),
        post("/settings/organization/domains", Right::Manage, domains),
        post("/settings/organization/sites", Right::Manage, sites),
        post("/settings/organization/adopted", Right::Manage, adopted),
    ]
}

/// What stands in the fields.
struct Typed {
    name: String,
    sector: Sector,
    /// A zone that is not among those offered.
    other_zone: String,
    zone: String,
    domains: String,
    site: String,
}

impl Typed {
    fn of(record: &Organization) -> Self {
        Self {
            name: record.name.clone(),
            sector: record.sector,
            other_zone: String::new(),
            zone: record.zone.clone(),
            domains: record.domains.join("\n"),
            site: String::new(),
        }
    }
}

async fn page(visit: Visit) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let record = visit.home().organization_record().await?;
    let typed = Typed::of(&record);
    Ok(ui::shown(show(&visit, &book, &record, &typed, &Faults::default())))
}

fn show(
    visit: &Visit,
    book: &Book,
    record: &Organization,
    typed: &Typed,
    faults: &Faults,
) -> Markup {
    let body = html! {
        (faults.summary())
        section.stack aria-labelledby="name" {
            h2 #name { (say::NAME_AND_PLACE) }
            (ui::form(visit, HERE, &name_fields(typed, faults)))
        }
        section.stack aria-labelledby="size" {
            h2 #size { (say::SIZE) }
            p { (first::capital(&book.assessment.size.sentence)) "." }
            @if !book.assessment.size.against.is_empty() {
                p { (say::AGAINST) " " (book.assessment.size.against.join(", ")) "." }
            }
            details {
                summary { (say::CHANGE_SIZE) }
                (ui::form(visit, "/settings/organization/size", &size_fields(visit, record)))
            }
        }
        section.stack aria-labelledby="domains" {
            h2 #domains { (say::DOMAINS) }
            p { (say::DOMAINS_DROP) }
            (ui::form(visit, "/settings/organization/domains", &html! {
                (Field::new(say::DOMAINS, "domains", Kind::Area).optional().value(&typed.domains).hint(first::DOMAINS_HINT).show(faults))
                (ui::button(say::SAVE_DOMAINS, ""))
            }))
        }
        section.stack aria-labelledby="sites" {
            h2 #sites { (say::SITES) }
            p { (say::SITES_WHY) }
            (site_list(visit, record))
            (ui::form(visit, "/settings/organization/sites", &html! {
                (Field::new(say::SITE, "site", Kind::Text).value(&typed.site).show(faults))
                (ui::select(say::SITE_SIZE, "site-size", &sizes(None, say::SAME_SIZE)))
                (ui::button(say::ADD_SITE, ""))
            }))
        }
        section.stack aria-labelledby="adopted" {
            h2 #adopted { (say::ADOPTED) }
            p { (say::ADOPTED_WHY) }
            (adopted_list(visit, record))
            (adopt_form(visit, book, record))
        }
    };
    super::framed(visit, say::ORGANIZATION, &body)
}

fn name_fields(typed: &Typed, faults: &Faults) -> Markup {
    let sector = |value, label, chosen| Choice { value, label, hint: "", chosen };
    let other = typed.sector == Sector::Other;
    let sectors = [
        sector("health-care", first::HEALTH_CARE, !other),
        sector("other", first::OTHER_SECTOR, other),
    ];
    let known = ZONES.contains(&typed.zone.as_str());
    let own = (!known && !typed.zone.is_empty()).then_some(typed.zone.as_str());
    let zones: Vec<Choice<'_>> = own
        .into_iter()
        .chain(ZONES)
        .map(|zone| Choice { value: zone, label: zone, hint: "", chosen: zone == typed.zone })
        .collect();
    html! {
        (Field::new(first::ORGANIZATION, "name", Kind::Text).value(&typed.name).autofill("organization").show(faults))
        (ui::choices(&html! { (first::SECTOR) }, "sector", false, &sectors, faults))
        (ui::select(say::ZONE, "zone", &zones))
        (Field::new(say::OTHER_ZONE, "other-zone", Kind::Text).optional().value(&typed.other_zone).hint(say::OTHER_ZONE_HINT).show(faults))
        (ui::button(say::SAVE_NAME, ""))
    }
}

/// The sizes, with a first line for none of them.
fn sizes(chosen: Option<Size>, none: &'static str) -> Vec<Choice<'static>> {
    let one = |value, label, chosen| Choice { value, label, hint: "", chosen };
    let all = Size::ALL.map(|size| one(size.word(), words::size(size), chosen == Some(size)));
    std::iter::once(one("", none, chosen.is_none())).chain(all).collect()
}

fn size_fields(visit: &Visit, record: &Organization) -> Markup {
    html! {
        p { (say::SIZE_HOW) }
        (first_run::size_table(visit.catalog(), record, Some(say::NOT_KNOWN)))
        (ui::select(say::CHOSEN_SIZE, "chosen", &sizes(record.chosen_size, say::BY_TABLE)))
        (ui::button(say::SAVE_SIZE, ""))
    }
}

fn site_list(visit: &Visit, record: &Organization) -> Markup {
    let one = |site: &Site| {
        html! {
            li {
                p { strong { (site.name) } @if let Some(size) = site.size { ", " (words::size(size)) } }
                (ui::form(visit, "/settings/organization/sites", &html! {
                    (ui::hidden("drop", &site.name))
                    button.button.plain type="submit" { (say::TAKE_OFF) span.away { " " (site.name) } }
                }))
            }
        }
    };
    html! {
        @if !record.sites.is_empty() { ul.lines { @for site in record.sites.iter().take(MOST) { (one(site)) } } }
    }
}

fn title<'a>(visit: &'a Visit, id: &'a str) -> &'a str {
    visit.catalog().sub_practice(id).map_or(id, |(_, sub)| sub.title.as_str())
}

fn adopted_list(visit: &Visit, record: &Organization) -> Markup {
    html! {
        @if record.adopted.is_empty() { p { (say::NONE_ADOPTED) } }
        @else {
            ul.lines { @for id in &record.adopted { li {
                p { strong { (title(visit, id)) } " " span.id { (id) } }
                (ui::form(visit, "/settings/organization/adopted", &html! {
                    (ui::hidden("drop", id))
                    button.button.plain type="submit" { (say::NO_LONGER) span.away { " " (title(visit, id)) " " (id) } }
                }))
            } } }
        }
    }
}

/// Those that are written for a larger size.
fn adopt_form(visit: &Visit, book: &Book, record: &Organization) -> Markup {
    let size = book.assessment.size.size;
    let all = visit.catalog().sub_practices().map(|(_, sub)| sub);
    let left: Vec<(String, &str)> = all
        .filter(|sub| sub.size > size && !record.adopted.contains(&sub.id))
        .map(|sub| (format!("{} ({})", sub.title, sub.id), sub.id.as_str()))
        .collect();
    let choices: Vec<Choice<'_>> = left
        .iter()
        .map(|(label, value)| Choice { value, label, hint: "", chosen: false })
        .collect();
    html! {
        @if !choices.is_empty() {
            (ui::form(visit, "/settings/organization/adopted", &html! {
                (ui::select(say::ADOPT_WHICH, "adopt", &choices))
                (ui::button(say::ADOPT, ""))
            }))
        }
    }
}

/// Changes the record. What is wrong with a field is told on the page again.
async fn save(
    visit: &Visit,
    change: Change,
    typed: impl FnOnce(&mut Typed),
    anchor: &str,
) -> Result<Response, PageError> {
    let by = By::Person(&visit.account()?.person);
    let Err(error) = visit.home().change(change, by, visit.now).await else {
        return Ok(ui::go(&format!("{HERE}{anchor}"), Some(Said::Saved)));
    };
    let field = match &error {
        ChangeError::Domain { .. } | ChangeError::NotYours { .. } => "domains",
        ChangeError::Zone(_) => "other-zone",
        ChangeError::Attribute { .. }
        | ChangeError::Column { .. }
        | ChangeError::SubPractice(_)
        | ChangeError::Revenue(_) => return Err(PageError::Unreadable(error.to_string())),
        ChangeError::Home(_) => return Err(error.into()),
    };
    again(visit, typed, field, &say::check_it(&error.to_string())).await
}

async fn again(
    visit: &Visit,
    typed: impl FnOnce(&mut Typed),
    field: &str,
    what: &str,
) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let record = visit.home().organization_record().await?;
    let mut faults = Faults::default();
    faults.add(field, what);
    let mut shown = Typed::of(&record);
    typed(&mut shown);
    Ok(ui::again(show(visit, &book, &record, &shown, &faults)))
}

async fn name(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let (name, other) = (fields.text("name"), fields.text("other-zone"));
    let sector = if fields.text("sector") == "other" { Sector::Other } else { Sector::HealthCare };
    let zone = if other.is_empty() { fields.text("zone") } else { other };
    let typed = |typed: &mut Typed| {
        name.clone_into(&mut typed.name);
        other.clone_into(&mut typed.other_zone);
        typed.sector = sector;
    };
    if name.is_empty() || name.chars().count() > 200 || name.chars().any(char::is_control) {
        return again(&visit, typed, "name", first::ORGANIZATION_FAULT).await;
    }
    let change = Change {
        name: Some(name.to_owned()),
        sector: Some(sector),
        zone: (!zone.is_empty()).then(|| zone.to_owned()),
        ..Change::default()
    };
    save(&visit, change, typed, "").await
}

async fn size(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let record = visit.home().organization_record().await?;
    let rows = size_rows(visit.catalog(), record.sector).filter(|row| fields.has(&row.id));
    let (known, unknown): (Vec<_>, Vec<_>) = rows.partition(|row| !fields.text(&row.id).is_empty());
    let chosen = match fields.text("chosen") {
        "" => None,
        word => match word.parse() {
            Ok(size) => Some(size),
            Err(why) => return Err(PageError::Unreadable(why)),
        },
    };
    let pair = |id: &String| (id.clone(), fields.text(id).to_owned());
    let change = Change {
        attributes: known.into_iter().map(|row| pair(&row.id)).collect(),
        forget: unknown.into_iter().map(|row| row.id.clone()).collect(),
        size: Some(chosen),
        ..Change::default()
    };
    save(&visit, change, |_| {}, "#size").await
}

async fn domains(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let text = fields.text("domains");
    let record = visit.home().organization_record().await?;
    let wanted = first_run::domains(text);
    let drop = record.domains.into_iter().filter(|known| !wanted.contains(known)).collect();
    let change = Change { domains: wanted, drop_domains: drop, ..Change::default() };
    save(&visit, change, |typed| text.clone_into(&mut typed.domains), "#domains").await
}

async fn sites(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    if fields.has("drop") {
        let drop_sites = vec![fields.text("drop").to_owned()];
        return save(&visit, Change { drop_sites, ..Change::default() }, |_| {}, "#sites").await;
    }
    let name = fields.text("site");
    let typed = |typed: &mut Typed| name.clone_into(&mut typed.site);
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        return again(&visit, typed, "site", say::SITE_FAULT).await;
    }
    if visit.home().organization_record().await?.sites.len() >= MOST {
        return again(&visit, typed, "site", &say::too_many_sites(MOST)).await;
    }
    let site = Site { name: name.to_owned(), size: fields.text("site-size").parse().ok() };
    save(&visit, Change { sites: vec![site], ..Change::default() }, typed, "#sites").await
}

async fn adopted(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let one = |name| -> Vec<String> {
        Some(fields.text(name)).filter(|id| !id.is_empty()).map(str::to_owned).into_iter().collect()
    };
    let (adopt, drop_adopted) = (one("adopt"), one("drop"));
    if adopt.is_empty() && drop_adopted.is_empty() {
        return Ok(ui::go(HERE, None));
    }
    save(&visit, Change { adopt, drop_adopted, ..Change::default() }, |_| {}, "#adopted").await
}
