//! The five threats: what each is, what makes it possible, what it does, and an invented case.

use asepsis_core::catalog::{Level, Threat};
use maud::{Markup, html};

use crate::facts::Facts;
use crate::marks::Mark;
use crate::{practices, prose, words};

pub(crate) fn section(facts: &Facts<'_>) -> Markup {
    html! {
        section.practice #threats aria-labelledby="threats-title" {
            h2 #threats-title { "The five threats" }
            p.lead { "A threat is what may come. A vulnerability is what lets it in. An impact is what it does. Only the middle one is in your hands." }
            @for threat in &facts.report.catalog.threats { (one(facts, threat)) }
        }
    }
}

fn one(facts: &Facts<'_>, threat: &Threat) -> Markup {
    let id = words::anchor("threat", &threat.id);
    let level = |field: &str| {
        threat.certainty.get(field).map(|it| it.level).filter(|it| *it != Level::Sourced)
    };
    let sure =
        |field: &str| html! { @if let Some(level) = level(field) { " " (practices::sure(level)) } };
    html! {
        section.sub.threat #(id) aria-labelledby={ (id) "-title" } {
            h3 id={ (id) "-title" } { (threat.name) }
            div.stack.intro { (prose::prose(&threat.text)) }
            div.pair {
                div {
                    h4 { "What makes it possible" (sure("vulnerabilities")) }
                    ul.points { @for it in &threat.vulnerabilities { li { (it.text) } } }
                }
                div {
                    h4 { "What it does" (sure("impacts")) }
                    ul.points { @for it in &threat.impacts { li { (it.text) } } }
                }
            }
            (helps(facts, threat))
            (case(threat))
        }
    }
}

fn helps(facts: &Facts<'_>, threat: &Threat) -> Markup {
    let practices = facts.report.assessment.practices.iter();
    let practices: Vec<_> = practices.filter(|it| threat.practices.contains(&it.number)).collect();
    html! {
        @if !practices.is_empty() {
            h4 { "What helps, and how you stand" }
            ul.helps {
                @for it in practices {
                    li {
                        (Mark::of(it.state, it.basis, it.contradicted).silent()) " "
                        a href={ "#practice-" (it.number) } { (it.number) " " (it.name) } " "
                        span.quiet { (Mark::of(it.state, it.basis, it.contradicted).words()) }
                    }
                }
            }
        }
    }
}

fn case(threat: &Threat) -> Markup {
    let case = &threat.case;
    html! {
        div.case {
            h4 { "A case, invented" }
            p { (prose::spans(&case.story)) }
            dl {
                div { dt { "Threat" } dd { (case.threat) } }
                div { dt { "Vulnerability" } dd { (case.vulnerability) } }
                div { dt { "Impact" } dd { (case.impact) } }
            }
        }
    }
}
