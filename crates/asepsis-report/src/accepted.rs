//! Gaps that somebody accepted: by whom, why, until when. They stay gaps.

use maud::{Markup, html};

use crate::facts::Facts;
use crate::words;

pub(crate) fn section(facts: &Facts<'_>) -> Markup {
    let all = &facts.report.assessment.waivers;
    html! {
        @if !all.is_empty() {
            section.sheet #accepted aria-labelledby="accepted-title" {
                h2 #accepted-title { "Accepted gaps" }
                table role="table" {
                    caption { "A gap that somebody answers for until a day. It is still counted as a gap." }
                    thead role="rowgroup" {
                        tr role="row" {
                            th scope="col" role="columnheader" { "Gap" }
                            th scope="col" role="columnheader" { "Why" }
                            th scope="col" role="columnheader" { "Who" }
                            th scope="col" role="columnheader" { "Until" }
                        }
                    }
                    tbody role="rowgroup" {
                        @for it in all {
                            tr role="row" {
                                th scope="row" role="rowheader" {
                                    "Not so: "
                                    (facts.check(&it.waiver.check).map_or(it.waiver.check.as_str(), |check| check.title.as_str()))
                                    span.aside {
                                        @match &it.waiver.subject {
                                            Some(subject) => (subject.key()),
                                            None => "everywhere",
                                        }
                                        ", " (words::count(it.accepts)) " now, entry " (it.seq)
                                    }
                                }
                                td role="cell" { (it.waiver.reason) }
                                td role="cell" { (facts.report.assessment.name_of(&it.waiver.owner)) }
                                td role="cell" {
                                    (words::day(&facts.report.zone, it.waiver.expires))
                                    @if it.expired { span.aside.missing { "over: no longer accepted" } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
