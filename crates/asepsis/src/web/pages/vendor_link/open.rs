//! A link that a vendor follows: what it asks, and what the vendor says. Nothing outside its scope is
//! shown or taken.

use asepsis_core::action::ActionChange;
use asepsis_core::catalog::{Check, Question};
use asepsis_core::statement::{Sureness, Via};
use asepsis_report::vendor_sheet::{Ask, VendorSheet};
use asepsis_report::{prose, vendor, words};
use asepsis_store::vendor_links::VendorLink;
use axum::extract::{Path, Query};
use axum::response::Response;
use maud::{Markup, html};

use super::english as say;
use super::{Which, vendor_sheet};
use crate::ops::{Answering, Book, LinkError, Refused, Told, VendorAnswer};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::pages::questions::answer::{self, Typed};
use crate::web::token;
use crate::web::ui::{self, Choice, Faults, Field, Kind, Said};
use crate::web::visit::Visit;

/// So many things are asked on one page.
const MOST: usize = 8;

/// One thing that a link asks.
enum Item<'a> {
    Ask(&'a Check, Option<&'a Ask>),
    Question(&'a Question),
}

impl Item<'_> {
    fn id(&self) -> &str {
        match self {
            Self::Ask(check, _) => &check.id,
            Self::Question(question) => &question.id,
        }
    }

    /// The name of the field with the answer.
    fn answer(&self) -> String {
        match self {
            Self::Ask(check, _) => format!("done.{}", check.id),
            Self::Question(question) => format!("answer.{}", question.id),
        }
    }

    /// The name of the field with the remark.
    fn note(&self) -> String {
        format!("note.{}", self.id())
    }
}

/// The link and all it asks.
struct Open<'a> {
    visit: &'a Visit,
    book: &'a Book,
    link: &'a VendorLink,
    path: String,
    items: Vec<Item<'a>>,
}

async fn follow(visit: &Visit, secret: &str) -> Result<VendorLink, PageError> {
    visit.home().open_link(token::kept(secret), visit.now).await.map_err(nowhere)
}

fn nowhere(error: LinkError) -> PageError {
    match error {
        LinkError::Unknown => PageError::NotFound,
        LinkError::Expired => PageError::Gone(say::EXPIRED),
        LinkError::Revoked => PageError::Gone(say::REVOKED),
        other => other.into(),
    }
}

/// Everything on the sheet that the link may ask, in the sheet's order, then what is in order by now.
fn items<'a>(visit: &'a Visit, sheet: &'a VendorSheet, link: &VendorLink) -> Vec<Item<'a>> {
    let catalog = visit.catalog();
    let asks = || sheet.areas.iter().flat_map(|it| &it.asks);
    let (open, fine): (Vec<_>, Vec<_>) = link
        .scope
        .checks
        .iter()
        .filter_map(|id| Some((catalog.check(id)?, asks().find(|ask| ask.check == *id))))
        .partition(|(_, ask)| ask.is_some());
    let questions = link.scope.questions.iter().filter_map(|id| catalog.question(id));
    let ask = |(check, ask)| Item::Ask(check, ask);
    let open = open.into_iter().map(ask).chain(questions.map(Item::Question));
    open.chain(fine.into_iter().map(ask)).collect()
}

pub(super) async fn page(
    visit: Visit,
    Path(secret): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, PageError> {
    let link = follow(&visit, &secret).await?;
    let book = visit.book().await?;
    let sheet = vendor_sheet::of(&visit, &book);
    let items = items(&visit, &sheet, &link);
    let path = format!("/v/{secret}");
    let open = Open { visit: &visit, book: &book, link: &link, path, items };
    Ok(ui::shown(open.show(number(&which), None, &Faults::default())))
}

fn number(which: &Which) -> usize {
    which.page.as_ref().and_then(|it| it.parse().ok()).unwrap_or(1)
}

pub(super) async fn say_so(
    visit: Visit,
    Path(secret): Path<String>,
    Query(which): Query<Which>,
    fields: Fields,
) -> Result<Response, PageError> {
    let link = follow(&visit, &secret).await?;
    let book = visit.book().await?;
    let sheet = vendor_sheet::of(&visit, &book);
    let items = items(&visit, &sheet, &link);
    let path = format!("/v/{secret}");
    let open = Open { visit: &visit, book: &book, link: &link, path, items };
    let page = number(&which);
    let (said, mut faults) = open.read(page, &fields);
    if faults.is_empty() {
        let (kept, now, name) = (token::kept(&secret), visit.now, fields.text("name"));
        match visit.home().vendor_says(kept, name, &said, now).await {
            Ok(recorded) => {
                let to = format!("{}?page={page}", open.path);
                return Ok(ui::go(&to, (recorded > 0).then_some(Said::Saved)));
            }
            Err(error) => open.fault(error, &mut faults)?,
        }
    }
    Ok(ui::again(open.show(page, Some(&fields), &faults)))
}

impl Open<'_> {
    fn pages(&self) -> usize {
        self.items.len().div_ceil(MOST).max(1)
    }

    fn on(&self, page: usize) -> impl Iterator<Item = &Item<'_>> {
        let page = page.clamp(1, self.pages());
        self.items.iter().skip((page - 1) * MOST).take(MOST)
    }

    /// What was sent that is new, and what is not right with it.
    fn read(&self, page: usize, fields: &Fields) -> (Vec<VendorAnswer>, Faults) {
        let (mut said, mut faults) = (Vec::new(), Faults::default());
        for item in self.on(page) {
            let note = fields.text(&item.note()).to_owned();
            match item {
                Item::Ask(check, _) => {
                    let check = check.id.clone();
                    match fields.text(&item.answer()) {
                        "yes" => said.push(VendorAnswer::Ask { check, done: true, note }),
                        "no" => {
                            let note = say::not_done(&note);
                            said.push(VendorAnswer::Ask { check, done: false, note });
                        }
                        _ if note.is_empty() => {}
                        _ => said.push(VendorAnswer::Ask { check, done: false, note }),
                    }
                }
                Item::Question(question) => {
                    let typed = Typed::read(question, fields, &item.answer());
                    let given = self.given(&question.id);
                    match typed.answer(question) {
                        Ok(None) if note.is_empty() => {}
                        Ok(None) => faults.add(&item.answer(), say::ONLY_REMARK),
                        Err(what) => faults.add(&item.answer(), what),
                        Ok(Some(answer)) => {
                            let same =
                                |it: &&Told| it.said.answer == answer && it.said.note == note;
                            if given.filter(same).is_none() {
                                said.push(VendorAnswer::Answer(Answering {
                                    question: question.id.clone(),
                                    answer,
                                    note,
                                    sure: Sureness::Sure,
                                }));
                            }
                        }
                    }
                }
            }
        }
        (said, faults)
    }

    /// Puts what was refused to its field.
    fn fault(&self, error: LinkError, faults: &mut Faults) -> Result<(), PageError> {
        let note = |id: &str| format!("note.{id}");
        match error {
            LinkError::Vendor => faults.add("name", say::NAME_FAULT),
            LinkError::Refused(Refused::PatientData { question, found }) => {
                faults.add(&note(&question), say::patient_data(&found));
            }
            LinkError::Refused(Refused::TooLong { question }) => {
                faults.add(&note(&question), say::TOO_LONG);
            }
            LinkError::Refused(Refused::NotOffered { question, .. }) => {
                faults.add(&format!("answer.{question}"), say::ONLY_REMARK);
            }
            other => return Err(nowhere(other)),
        }
        Ok(())
    }

    /// Whether a person spoke for this vendor.
    fn is_vendor(&self, person: &str) -> bool {
        let name = self.book.assessment.name_of(person);
        let rest = name.strip_suffix(self.link.vendor.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with(", "))
    }

    /// What was answered by such a link, if it is the newest answer.
    fn given(&self, question: &str) -> Option<&Told> {
        self.book.told.get(question).filter(|told| {
            told.said.via == Some(Via::VendorLink)
                && told.said.stated_at >= self.link.created_at
                && self.is_vendor(&told.author)
        })
    }

    fn show(&self, page: usize, sent: Option<&Fields>, faults: &Faults) -> Markup {
        let (page, pages) = (page.clamp(1, self.pages()), self.pages());
        let day = ui::day(self.book, self.link.expires_at);
        let action = format!("{}?page={page}", self.path);
        let name = sent.map_or("", |fields| fields.text("name"));
        let fields = html! {
            (faults.summary())
            @for item in self.on(page) { (self.item(item, sent, faults)) }
            @if !self.items.is_empty() {
                (Field::new(say::YOUR_NAME, "name", Kind::Text).optional().hint(say::YOUR_NAME_HINT).value(name).autofill("name").show(faults))
                (ui::button(say::SAVE, ""))
            }
        };
        let body = html! {
            section.stack {
                p.lead { (say::who_asks(self.book.name(), &self.link.vendor)) }
                p { (say::asks(self.link.scope.checks.len(), self.link.scope.questions.len())) " " (say::works_until(&day)) }
                p.quiet { (say::HOW) }
            }
            (ui::form(self.visit, &action, &fields))
            (ui::pager(&self.path, page, pages))
        };
        ui::plain(self.visit, say::OPEN_TITLE, &body)
    }

    fn item(&self, item: &Item<'_>, sent: Option<&Fields>, faults: &Faults) -> Markup {
        let heading = words::anchor("h", item.id());
        html! {
            section.ask aria-labelledby=(heading) {
                @match item {
                    Item::Ask(check, ask) => {
                        h2 id=(heading) { (check.title) " " span.id { (check.id) } }
                        (self.ask(item, check, *ask, sent, faults))
                    }
                    Item::Question(question) => {
                        h2 id=(heading) { (question.ask) " " span.id { (question.id) } }
                        (self.question(item, question, sent, faults))
                    }
                }
            }
        }
    }

    fn ask(
        &self,
        item: &Item<'_>,
        check: &Check,
        ask: Option<&Ask>,
        sent: Option<&Fields>,
        faults: &Faults,
    ) -> Markup {
        let (name, note) = (item.answer(), item.note());
        let typed = sent.map_or("", |fields| fields.text(&name));
        let choice = |value, label| Choice { value, label, hint: "", chosen: typed == value };
        html! {
            (self.words(check))
            @if let Some(ask) = ask {
                div.pair {
                    div {
                        h3 { (say::SAW) }
                        ul.subjects {
                            @for saw in &ask.saw { li { (vendor::seen(saw, &|_| None)) } }
                            @if ask.more > 0 { li.more { (say::and_more(ask.more)) } }
                        }
                    }
                    @if !ask.fix.is_empty() { div { h3 { (say::FIX) } div.stack.small { (prose::prose(&ask.fix)) } } }
                }
                (ui::choices(&html! { (say::IS_IT_DONE) }, &name, false, &[choice("yes", say::DONE), choice("no", say::NOT_DONE)], faults))
                (self.remark(&note, sent, "", faults))
            } @else {
                p { (say::IN_ORDER) }
            }
        }
    }

    /// What this vendor said about a check since the link was made.
    fn words(&self, check: &Check) -> Markup {
        let events = self.book.action(&check.id).map(|it| it.events.as_slice()).unwrap_or_default();
        let own =
            events.iter().rfind(|it| it.at >= self.link.created_at && self.is_vendor(&it.author));
        let said = own.and_then(|it| match &it.change {
            ActionChange::Done { note } => Some((say::DONE, note, it.at)),
            ActionChange::Commented { text } => Some(("", text, it.at)),
            _ => None,
        });
        html! {
            @if let Some((word, note, at)) = said {
                div.notice {
                    p { (say::you_said(&ui::day(self.book, at))) " " (word) }
                    @if !note.is_empty() { blockquote { (note) } }
                }
            }
        }
    }

    fn question(
        &self,
        item: &Item<'_>,
        question: &Question,
        sent: Option<&Fields>,
        faults: &Faults,
    ) -> Markup {
        let (name, given) = (item.answer(), self.given(&question.id));
        let typed = match (sent, given) {
            (Some(fields), _) => Typed::read(question, fields, &name),
            (None, Some(told)) => Typed::of(&told.said.answer),
            (None, None) => Typed::default(),
        };
        let note = given.map_or("", |told| told.said.note.as_str());
        html! {
            @if let Some(help) = &question.help { p { (help) } }
            p.quiet { (say::SHOWS) " " (question.evidence) }
            @if let Some(told) = given {
                p.notice { (say::you_said(&ui::day(self.book, told.said.stated_at))) " " (answer::text(question, &told.said.answer)) }
            }
            (answer::fields(question, &name, &html! { (say::YOUR_ANSWER) }, &typed, true, faults))
            (self.remark(&item.note(), sent, note, faults))
        }
    }

    fn remark(&self, name: &str, sent: Option<&Fields>, kept: &str, faults: &Faults) -> Markup {
        let value = sent.map_or(kept, |fields| fields.text(name));
        Field::new(say::REMARK, name, Kind::Text)
            .optional()
            .hint(say::REMARK_HINT)
            .value(value)
            .show(faults)
    }
}
