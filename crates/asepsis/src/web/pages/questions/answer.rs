//! The fields of one question: shown, read back, and an answer in words. Also for a vendor's link.

use asepsis_core::catalog::{Kind, Question};
use asepsis_core::statement::Answer;
use maud::{Markup, html};

use super::english as say;
use crate::web::fields::Fields;
use crate::web::ui::{self, Choice, Faults, Field};

/// The value of "I don't know".
const DONT_KNOW: &str = "?";
/// The value of "none of these".
const NONE: &str = "-";

/// What is typed into the fields of a question, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::web::pages) struct Typed {
    chosen: Vec<String>,
    number: String,
}

impl Typed {
    /// As an answer that was given.
    pub(in crate::web::pages) fn of(answer: &Answer) -> Self {
        let (chosen, number) = match answer {
            Answer::One(id) => (vec![id.clone()], String::new()),
            Answer::Several(ids) if ids.is_empty() => (vec![NONE.to_owned()], String::new()),
            Answer::Several(ids) => (ids.clone(), String::new()),
            Answer::Number(n) => (Vec::new(), n.to_string()),
            Answer::DontKnow => (vec![DONT_KNOW.to_owned()], String::new()),
        };
        Self { chosen, number }
    }

    /// As a form sent it.
    pub(in crate::web::pages) fn read(question: &Question, fields: &Fields, name: &str) -> Self {
        if question.kind == Kind::Number {
            let unknown = unknown(name);
            let chosen = fields.all(&unknown).map(str::to_owned).collect();
            return Self { chosen, number: fields.text(name).to_owned() };
        }
        let chosen = fields.all(name).map(str::to_owned).collect();
        Self { chosen, number: String::new() }
    }

    /// The answer; `None` if nothing is typed; else what to do about it.
    pub(in crate::web::pages) fn answer(
        &self,
        question: &Question,
    ) -> Result<Option<Answer>, String> {
        let has = |value: &str| self.chosen.iter().any(|it| it == value);
        if has(DONT_KNOW) {
            let alone = self.chosen.len() == 1 && self.number.is_empty();
            return if alone { Ok(Some(Answer::DontKnow)) } else { Err(say::EITHER.to_owned()) };
        }
        match question.kind {
            Kind::Number if self.number.is_empty() => Ok(None),
            Kind::Number => {
                let digits = self.number.replace([',', ' ', '\u{a0}'], "");
                let (min, max) = bounds(question);
                match digits.parse() {
                    Ok(n) if (min..=max).contains(&n) => Ok(Some(Answer::Number(n))),
                    _ => Err(say::number_between(min, max)),
                }
            }
            _ if self.chosen.is_empty() => Ok(None),
            Kind::One => Ok(self.chosen.first().cloned().map(Answer::One)),
            Kind::Several if has(NONE) && self.chosen.len() == 1 => {
                Ok(Some(Answer::Several(Vec::new())))
            }
            Kind::Several if has(NONE) => Err(say::NONE_OR_SOME.to_owned()),
            Kind::Several => Ok(Some(Answer::Several(self.chosen.clone()))),
        }
    }
}

/// The name of the box "I don't know" beside a number.
fn unknown(name: &str) -> String {
    format!("{name}-unknown")
}

fn bounds(question: &Question) -> (i64, i64) {
    (question.min.unwrap_or(0), question.max.unwrap_or(i64::MAX))
}

/// The fields of a question; `legend` is what they are called, `dont_know` offers that too.
pub(in crate::web::pages) fn fields(
    question: &Question,
    name: &str,
    legend: &Markup,
    typed: &Typed,
    dont_know: bool,
    faults: &Faults,
) -> Markup {
    let is = |value: &str| typed.chosen.iter().any(|it| it == value);
    let choice = |value, label| Choice { value, label, hint: "", chosen: is(value) };
    if question.kind == Kind::Number {
        let (min, max) = bounds(question);
        let hint = say::number_between(min, max);
        let field = Field::new(say::YOUR_ANSWER, name, ui::Kind::Number).hint(&hint);
        let field = if dont_know { field.optional() } else { field };
        let unknown = unknown(name);
        return html! {
            (field.value(&typed.number).show(faults))
            @if dont_know {
                (ui::choices(legend, &unknown, true, &[choice(DONT_KNOW, say::DONT_KNOW)], faults))
            }
        };
    }
    let several = question.kind == Kind::Several;
    let mut all: Vec<Choice<'_>> =
        question.answers.iter().map(|it| choice(&it.id, &it.text)).collect();
    if several {
        all.push(choice(NONE, say::NONE_OF_THESE));
    }
    if dont_know {
        all.push(choice(DONT_KNOW, say::DONT_KNOW));
    }
    ui::choices(legend, name, several, &all, faults)
}

/// An answer as people read it.
pub(in crate::web::pages) fn text(question: &Question, answer: &Answer) -> String {
    let text = |id: &String| question.answer(id).map_or_else(|| id.clone(), |it| it.text.clone());
    match answer {
        Answer::One(id) => text(id),
        Answer::Several(ids) if ids.is_empty() => say::NONE_OF_THESE.to_owned(),
        Answer::Several(ids) => ids.iter().map(text).collect::<Vec<_>>().join("; "),
        Answer::Number(n) => n.to_string(),
        Answer::DontKnow => say::DONT_KNOW.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: &str) -> Question {
        serde_json::from_value(serde_json::json!({
            "id": "a.b", "kind": kind, "ask": "?", "roles": ["it"], "why": "", "evidence": "",
            "min": 1, "max": 9,
            "answer": [{"id": "all", "text": "All"}, {"id": "some", "text": "Some"}],
        }))
        .unwrap()
    }

    fn typed(chosen: &[&str], number: &str) -> Typed {
        let chosen = chosen.iter().map(|&it| it.to_owned()).collect();
        Typed { chosen, number: number.to_owned() }
    }

    #[test]
    fn what_is_typed_is_an_answer_or_a_word_on_what_to_do() {
        let [one, several, number] = ["one", "several", "number"].map(question);
        let ids = |ids: &[&str]| Answer::Several(ids.iter().map(|&it| it.to_owned()).collect());
        let good = [
            (&one, typed(&["all"], ""), Some(Answer::One("all".to_owned()))),
            (&one, typed(&[], ""), None),
            (&one, typed(&["?"], ""), Some(Answer::DontKnow)),
            (&several, typed(&["all", "some"], ""), Some(ids(&["all", "some"]))),
            (&several, typed(&["-"], ""), Some(ids(&[]))),
            (&several, typed(&[], ""), None),
            (&number, typed(&[], " 3".trim()), Some(Answer::Number(3))),
            (&number, typed(&[], ""), None),
            (&number, typed(&["?"], ""), Some(Answer::DontKnow)),
        ];
        for (question, typed, answer) in good {
            assert_eq!(typed.answer(question), Ok(answer.clone()));
            if let Some(answer) = answer {
                assert_eq!(Typed::of(&answer).answer(question), Ok(Some(answer)));
            }
        }
        for (question, typed) in [
            (&several, typed(&["all", "-"], "")),
            (&several, typed(&["all", "?"], "")),
            (&number, typed(&["?"], "3")),
            (&number, typed(&[], "10")),
            (&number, typed(&[], "-1")),
            (&number, typed(&[], "six")),
        ] {
            assert!(typed.answer(question).is_err(), "{typed:?}");
        }
    }
}
