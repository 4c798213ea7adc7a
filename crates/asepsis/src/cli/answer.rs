//! `asepsis answer`: the interview in the terminal. Saved at once; go on whenever you like.

use std::io::{BufRead as _, Read as _, Write as _};

use asepsis_core::catalog::{Kind, Question};
use asepsis_core::engine::Interview;
use asepsis_core::statement::{Answer, Sureness};
use serde::{Deserialize, Serialize};

use super::Done;
use super::args::{AnswerArgs, Global};
use super::error::Help;
use super::output::Output;
use super::waive;
use crate::config;
use crate::ops::{Answering, By, Home, assess};
use crate::text::{Page, Paint, count, role};

/// Most bytes of answers read from standard input.
const MAX_INPUT: u64 = 4 << 20;

pub(crate) async fn run(
    args: &AnswerArgs,
    global: &Global,
    home: &Home,
    output: &mut Output,
) -> anyhow::Result<Done> {
    if let (Some(question), Some(text)) = (&args.question, &args.set) {
        let answer = parse(home, question, text)?;
        let given = Answering {
            question: question.clone(),
            answer,
            note: args.note.clone(),
            sure: Sureness::Sure,
        };
        let entries = home
            .answer(
                &[given],
                By::Named { name: &args.name, role: &args.role },
                &args.role,
                config::now(),
            )
            .await?;
        return recorded(entries, output);
    }
    let assessed = assess(home, &global.when(), config::now()).await?;
    if args.list {
        return list(home, &assessed.interview, output);
    }
    if output.json {
        return from_json(args, home, output).await;
    }
    let ids: Vec<String> = match &args.question {
        Some(id) => vec![id.clone()],
        None => chosen(args, home, &assessed.interview),
    };
    drop(assessed);
    sitting(args, &ids, home, output).await
}

/// The questions of a sitting: those that settle most, for this role first.
fn chosen(args: &AnswerArgs, home: &Home, interview: &Interview) -> Vec<String> {
    let mine = |id: &&String| {
        !args.only_my_role
            || home.catalog.question(id).is_some_and(|it| it.roles.contains(&args.role))
    };
    interview.open.iter().map(|open| &open.id).filter(mine).take(args.count).cloned().collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    answers: Vec<Answering>,
}

async fn from_json(args: &AnswerArgs, home: &Home, output: &mut Output) -> anyhow::Result<Done> {
    let mut text = String::new();
    std::io::stdin().lock().take(MAX_INPUT).read_to_string(&mut text)?;
    let given: Given = serde_json::from_str(&text).map_err(|error| {
        let help = Help(
            "give {\"answers\": [{\"question\": ID, \"answer\": {\"one\": ID}}]}; the forms of an \
             answer: {\"one\": ID}, {\"several\": [ID]}, {\"number\": N}, \"dont-know\""
                .to_owned(),
        );
        anyhow::Error::new(error).context("standard input holds no answers").context(help)
    })?;
    let entries = home
        .answer(
            &given.answers,
            By::Named { name: &args.name, role: &args.role },
            &args.role,
            config::now(),
        )
        .await?;
    recorded(entries, output)
}

fn recorded(entries: Vec<u64>, output: &mut Output) -> anyhow::Result<Done> {
    if output.json {
        output.document("asepsis-entries/1", waive::Document { entries })?;
    } else {
        let numbers: Vec<String> = entries.iter().map(ToString::to_string).collect();
        output.text(&format!("Recorded as entry {}.\n", numbers.join(", ")));
    }
    Ok(Done::Well)
}

/// An answer as typed: an id, ids with commas, a number, or `dont-know`.
fn parse(home: &Home, question: &str, text: &str) -> anyhow::Result<Answer> {
    let Some(question) = home.catalog.question(question) else {
        let help = Help("`asepsis answer --list` shows the questions".to_owned());
        return Err(anyhow::anyhow!("there is no question {question:?}").context(help));
    };
    if text == "dont-know" {
        return Ok(Answer::DontKnow);
    }
    Ok(match question.kind {
        Kind::One => Answer::One(text.to_owned()),
        Kind::Several => {
            let ids = text.split(',').map(str::trim).filter(|id| !id.is_empty() && *id != "none");
            Answer::Several(ids.map(str::to_owned).collect())
        }
        Kind::Number => Answer::Number(text.parse().map_err(|_| {
            anyhow::anyhow!("{text:?} is not a number").context(Help(question.ask.clone()))
        })?),
    })
}

#[derive(Serialize)]
struct ListDocument<'a> {
    questions: &'a Interview,
    texts: Vec<&'a QuestionText>,
}

/// A question as JSON.
#[derive(Serialize)]
pub(crate) struct QuestionText {
    id: String,
    kind: Kind,
    ask: String,
    help: Option<String>,
    roles: Vec<String>,
    why: String,
    evidence: String,
    answers: Vec<(String, String)>,
}

impl From<&Question> for QuestionText {
    fn from(it: &Question) -> Self {
        Self {
            id: it.id.clone(),
            kind: it.kind,
            ask: it.ask.clone(),
            help: it.help.clone(),
            roles: it.roles.clone(),
            why: it.why.clone(),
            evidence: it.evidence.clone(),
            answers: it.answers.iter().map(|it| (it.id.clone(), it.text.clone())).collect(),
        }
    }
}

fn list(home: &Home, interview: &Interview, output: &mut Output) -> anyhow::Result<Done> {
    let question = |id: &String| home.catalog.question(id);
    if output.json {
        let open = interview.open.iter().map(|open| &open.id);
        let texts: Vec<QuestionText> =
            open.chain(&interview.unknown).filter_map(question).map(QuestionText::from).collect();
        let document = ListDocument { questions: interview, texts: texts.iter().collect() };
        output.document("asepsis-questions/1", document)?;
        return Ok(Done::Well);
    }
    let mut page = output.page();
    page.heading(&format!(
        "Open: {}, those that settle most first",
        count(interview.open.len(), "question")
    ));
    for open in &interview.open {
        if let Some(it) = question(&open.id) {
            let who = it.roles.first().map_or("", |it| role(it));
            let settles = match open.settles {
                0 => String::new(),
                n => format!(", settles {n}"),
            };
            page.hanging("○", &format!("{} [{}, {who}{settles}]", it.ask, it.id), 1, Paint::Plain);
        }
    }
    if !interview.unknown.is_empty() {
        page.heading("Nobody knew yet: for your IT vendor");
        for it in interview.unknown.iter().filter_map(question) {
            page.hanging("?", &format!("{} [{}]", it.ask, it.id), 1, Paint::Plain);
        }
    }
    if !interview.answered.is_empty() {
        page.heading(&format!("Answered: {}", count(interview.answered.len(), "question")));
        for (id, seq) in &interview.answered {
            if let Some(it) = question(id) {
                page.hanging("✓", &format!("{} [{id}, entry {seq}]", it.ask), 1, Paint::Quiet);
            }
        }
    }
    if !interview.skipped.is_empty() {
        page.heading(&format!("Not asked: {}", count(interview.skipped.len(), "question")));
        for skipped in &interview.skipped {
            if let Some(it) = question(&skipped.id) {
                page.hanging("–", &format!("{} ({})", it.ask, skipped.reason), 1, Paint::Quiet);
            }
        }
    }
    output.text(&page.finish());
    Ok(Done::Well)
}

/// What a typed line means.
enum Typed {
    Answer(Answer),
    Skip,
    Back,
    Why,
    Stop,
    Unclear(String),
}

/// Asks one question after the other; each answer is recorded at once.
async fn sitting(
    args: &AnswerArgs,
    ids: &[String],
    home: &Home,
    output: &mut Output,
) -> anyhow::Result<Done> {
    if ids.is_empty() {
        output.text("No open question. `asepsis answer --list` shows which are answered and which were skipped, and why.\n");
        return Ok(Done::Nothing);
    }
    let mut input = std::io::stdin().lock();
    let mut at = 0;
    let mut answered = 0;
    while let Some(id) = ids.get(at) {
        let Some(question) = home.catalog.question(id) else {
            let help = Help("`asepsis answer --list` shows the questions".to_owned());
            return Err(anyhow::anyhow!("there is no question {id:?}").context(help));
        };
        let mut page = output.page();
        show(question, (at + 1, ids.len()), &mut page);
        output.text(&page.finish());
        output.text("> ");
        output.flush()?;
        let mut line = String::new();
        if (&mut input).take(10_000).read_line(&mut line)? == 0 {
            output.text("\n");
            break;
        }
        match typed(question, line.trim()) {
            Typed::Answer(answer) => {
                let given = Answering {
                    question: id.clone(),
                    answer,
                    note: String::new(),
                    sure: Sureness::Sure,
                };
                home.answer(
                    &[given],
                    By::Named { name: &args.name, role: &args.role },
                    &args.role,
                    config::now(),
                )
                .await?;
                answered += 1;
                at += 1;
            }
            Typed::Skip => at += 1,
            Typed::Back => at = at.saturating_sub(1),
            Typed::Stop => break,
            Typed::Why => {
                let mut page = output.page();
                page.paragraph(&question.why, 2);
                page.paragraph(&format!("Better than an answer: {}", question.evidence), 2);
                output.text(&page.finish());
            }
            Typed::Unclear(why) => output.text(&format!("  {why}\n")),
        }
    }
    let _ = std::io::stdout().flush();
    output.text(&format!(
        "\n{} recorded. Where you stand now: asepsis status. More questions: asepsis answer\n",
        count(answered, "answer")
    ));
    Ok(Done::Well)
}

fn show(question: &Question, (at, of): (usize, usize), page: &mut Page) {
    page.blank();
    let title = page.paint(&format!("{at} of {of}"), Paint::Quiet);
    page.line(&title);
    page.hanging("", &question.ask, 0, Paint::Strong);
    if let Some(help) = &question.help {
        page.paragraph(help, 2);
    }
    let who: Vec<&str> = question.roles.iter().map(|it| role(it)).collect();
    page.hanging("", &format!("Who may know: {}", who.join(", ")), 2, Paint::Quiet);
    for (number, answer) in question.answers.iter().enumerate() {
        page.hanging(&format!("{:>2})", number + 1), &answer.text, 2, Paint::Plain);
    }
    let how = match question.kind {
        Kind::One => "a number",
        Kind::Several => "all numbers that hold, with commas, or 0 for none of them",
        Kind::Number => "how many",
    };
    let keys = format!("Type {how}; ? I don't know, s skip, b back, w why, q stop");
    page.hanging("", &keys, 2, Paint::Quiet);
}

fn typed(question: &Question, line: &str) -> Typed {
    match line {
        "?" | "x" => return Typed::Answer(Answer::DontKnow),
        "s" | "" => return Typed::Skip,
        "b" => return Typed::Back,
        "w" => return Typed::Why,
        "q" => return Typed::Stop,
        _ => {}
    }
    let pick = |text: &str| {
        let number: usize = text.trim().parse().ok()?;
        question.answers.get(number.checked_sub(1)?).map(|it| it.id.clone())
    };
    let unclear = || {
        let most = question.answers.len();
        Typed::Unclear(format!("Please type a number from 1 to {most}, or one of ? s b w q."))
    };
    match question.kind {
        Kind::One => pick(line).map_or_else(unclear, |id| Typed::Answer(Answer::One(id))),
        Kind::Several if line == "0" => Typed::Answer(Answer::Several(Vec::new())),
        Kind::Several => {
            let picked: Option<Vec<String>> =
                line.split([',', ' ']).filter(|text| !text.trim().is_empty()).map(pick).collect();
            picked.map_or_else(unclear, |mut ids| {
                ids.dedup();
                Typed::Answer(Answer::Several(ids))
            })
        }
        Kind::Number => {
            let (min, max) = (question.min.unwrap_or(0), question.max.unwrap_or(i64::MAX));
            match line.replace([',', ' '], "").parse::<i64>() {
                Ok(n) if (min..=max).contains(&n) => Typed::Answer(Answer::Number(n)),
                _ => Typed::Unclear(format!("Please type a number from {min} to {max}.")),
            }
        }
    }
}
