//! What a typed answer means: the offered text, its id or its number, whatever the case and spaces.

use asepsis_core::catalog::{Kind, Question};
use asepsis_core::statement::Answer;

/// An offered text may itself hold a `;`: so many pieces at most make one.
const PIECES: usize = 4;

/// The answer that a text is; else the piece that could not be matched.
pub(super) fn matched(question: &Question, text: &str) -> Result<Answer, String> {
    let text = text.trim();
    if text == "?" || ["idontknow", "dontknow", "idonotknow"].contains(&fold(text).as_str()) {
        return Ok(Answer::DontKnow);
    }
    let unmatched = || text.to_owned();
    match question.kind {
        Kind::One => one(question, text).map(Answer::One).ok_or_else(unmatched),
        Kind::Several => several(question, text).map(Answer::Several),
        Kind::Number => {
            let digits = text.replace([',', ' ', '\u{a0}'], "");
            digits.parse().map(Answer::Number).map_err(|_| unmatched())
        }
    }
}

/// The id of the offered answer that a text names.
fn one(question: &Question, text: &str) -> Option<String> {
    let wanted = fold(text);
    if wanted.is_empty() {
        return None;
    }
    let answers = || question.answers.iter();
    let found = answers()
        .find(|it| fold(&it.text) == wanted)
        .or_else(|| answers().find(|it| fold(&it.id) == wanted))
        .or_else(|| {
            // `2`, `2)`, or `2) and the text`.
            let (number, rest) =
                text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
            let at: usize = number.parse().ok()?;
            let choice = question.answers.get(at.checked_sub(1)?)?;
            let rest = fold(rest);
            (rest.is_empty() || rest == fold(&choice.text)).then_some(choice)
        });
    found.map(|it| it.id.clone())
}

/// The ids of all that a text names, with `;` or new lines between them; numbers also with commas.
fn several(question: &Question, text: &str) -> Result<Vec<String>, String> {
    if let Some(id) = one(question, text) {
        return Ok(vec![id]);
    }
    if ["none", "noneofthese", "noneofthem", "0"].contains(&fold(text).as_str()) {
        return Ok(Vec::new());
    }
    let pieces: Vec<&str> =
        text.split([';', '\n']).map(str::trim).filter(|it| !it.is_empty()).collect();
    let (mut ids, mut rest) = (Vec::new(), pieces.as_slice());
    while let Some(first) = rest.first() {
        let found = (1..=PIECES.min(rest.len())).rev().find_map(|length| {
            let (these, others) = rest.split_at_checked(length)?;
            Some((one(question, &these.join("; "))?, others))
        });
        match found {
            Some((id, others)) => {
                ids.push(id);
                rest = others;
            }
            None => {
                ids.extend(numbers(question, first).ok_or_else(|| (*first).to_owned())?);
                rest = rest.get(1..).unwrap_or_default();
            }
        }
    }
    if ids.is_empty() { Err(text.to_owned()) } else { Ok(ids) }
}

/// `1, 3` and `1 3`.
fn numbers(question: &Question, text: &str) -> Option<Vec<String>> {
    let numbers = text.split([',', ' ']).filter(|it| !it.is_empty());
    let is_number = |it: &str| it.bytes().all(|c| c.is_ascii_digit());
    numbers.map(|it| is_number(it).then(|| one(question, it))?).collect()
}

/// Letters and digits, in lower case.
fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: &str) -> Question {
        let answers = serde_json::json!([
            {"id": "all", "text": "Yes, on every computer"},
            {"id": "some", "text": "On some; the laptops"},
            {"id": "not-yet", "text": "No"},
        ]);
        serde_json::from_value(serde_json::json!({
            "id": "a.b", "kind": kind, "ask": "?", "roles": ["it"], "why": "", "evidence": "",
            "answer": answers,
        }))
        .unwrap()
    }

    #[test]
    fn one_answer_is_known_by_its_text_its_id_or_its_number() {
        let question = question("one");
        for (text, id) in [
            ("Yes, on every computer", "all"),
            (" yes on   every COMPUTER. ", "all"),
            ("On some; the laptops", "some"),
            ("not-yet", "not-yet"),
            ("NO", "not-yet"),
            ("2", "some"),
            ("2)", "some"),
            ("2) On some; the laptops", "some"),
        ] {
            assert_eq!(matched(&question, text), Ok(Answer::One(id.to_owned())), "{text}");
        }
        for text in ["I don't know", "dont-know", "I don’t know.", "?"] {
            assert_eq!(matched(&question, text), Ok(Answer::DontKnow), "{text}");
        }
        for text in
            ["", "maybe", "0", "4", "2) Yes, on every computer", "99999999999999999999", ";"]
        {
            assert_eq!(matched(&question, text), Err(text.to_owned()), "{text}");
        }
    }

    #[test]
    fn several_answers_stand_between_semicolons_or_on_lines() {
        let question = question("several");
        for (text, ids) in [
            ("all; not-yet", &["all", "not-yet"][..]),
            ("Yes, on every computer; On some; the laptops", &["all", "some"]),
            ("1) Yes, on every computer\n3) No\n", &["all", "not-yet"]),
            ("On some; the laptops;No", &["some", "not-yet"]),
            ("1, 3", &["all", "not-yet"]),
            ("1 2;3", &["all", "some", "not-yet"]),
            ("2", &["some"]),
            ("none of these", &[]),
        ] {
            let ids = ids.iter().map(|&id| id.to_owned()).collect();
            assert_eq!(matched(&question, text), Ok(Answer::Several(ids)), "{text}");
        }
        assert_eq!(matched(&question, "all; maybe"), Err("maybe".to_owned()));
        assert_eq!(matched(&question, "1, 9"), Err("1, 9".to_owned()));
        assert_eq!(matched(&question, " ; "), Err(";".to_owned()));
    }

    #[test]
    fn a_number_may_have_its_thousands_apart() {
        let question = question("number");
        for (text, number) in [("6", 6), (" 1,200 ", 1_200), ("1\u{a0}200", 1_200), ("-1", -1)] {
            assert_eq!(matched(&question, text), Ok(Answer::Number(number)), "{text}");
        }
        for text in ["six", "6.5", "99999999999999999999"] {
            assert_eq!(matched(&question, text), Err(text.to_owned()), "{text}");
        }
    }
}
