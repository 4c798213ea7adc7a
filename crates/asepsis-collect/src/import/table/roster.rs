//! The personnel list, as payroll and HR programs export it: who works here, since when, until when.

use asepsis_core::identity::Identity;
use asepsis_core::observation::{Body, BodyBuilder, Observation};
use asepsis_core::time::Timestamp;

use super::super::{Ask, Input, ReadError, Reader, Reading, Told};
use super::{Row, Table, Titles, text};

pub(in super::super) const READER: Reader =
    Reader { format: "hr-roster", name: "a personnel list", is, read };

const ID: Titles = &[
    "employeeid",
    "employeenumber",
    "empid",
    "empno",
    "workerid",
    "personnelnumber",
    "eeid",
    "fileno",
    "filenumber",
    "associateid",
    "id",
];
const MAIL: Titles =
    &["workemail", "emailaddress", "email", "businessemail", "companyemail", "workemailaddress"];
const FULL: Titles = &["name", "employeename", "fullname", "displayname", "workername"];
const FIRST: Titles = &["firstname", "givenname", "legalfirstname", "preferredname"];
const LAST: Titles = &["lastname", "surname", "familyname", "legallastname"];
const START: Titles =
    &["hiredate", "startdate", "originalhiredate", "datehired", "dateofhire", "start"];
const LEAVE: Titles = &[
    "terminationdate",
    "termdate",
    "enddate",
    "leavedate",
    "lastday",
    "lastdayworked",
    "separationdate",
    "dateterminated",
    "leave",
];
const STATUS: Titles = &["employmentstatus", "status", "employeestatus", "workerstatus"];
const KIND: Titles = &["workertype", "employmenttype", "employeetype", "type"];
const ROLE: Titles = &["jobtitle", "title", "position", "role", "businesstitle"];
const DEPARTMENT: Titles = &["department", "dept", "costcenter", "homedepartment"];

fn is(head: &[u8]) -> bool {
    let key = [ID, MAIL].iter().any(|titles| Table::begins(head, &[titles]));
    // Words that only a personnel list has.
    let person = [START, LEAVE, &["employmentstatus", "workertype", "hiredate"]];
    key && person.iter().any(|titles| Table::begins(head, &[titles]))
}

fn read(input: Input<'_>, told: &Told) -> Result<Reading, ReadError> {
    // At least one of the two keys; the other titles may all be missing.
    const KEYS: Titles = &[
        "employeeid",
        "employeenumber",
        "empid",
        "empno",
        "workerid",
        "personnelnumber",
        "eeid",
        "fileno",
        "filenumber",
        "associateid",
        "workemail",
        "emailaddress",
        "email",
        "businessemail",
        "companyemail",
        "workemailaddress",
        "id",
    ];
    let table = Table::read(input, READER.name, &[KEYS])?;
    let mut reading = Reading::new("");
    if told.date.is_none() {
        reading.asks.push(Ask::Date);
    }
    let days = (table.day_first(START), table.day_first(LEAVE));
    let mut looks: Vec<Observation> = Vec::new();
    let mut seen = std::collections::HashMap::new();
    for row in table.rows() {
        if is_total(&row) {
            reading.leave("a row of totals", "it is no person");
            continue;
        }
        let Some((look, identity)) = person(&row, &table, told, days) else {
            reading.leave(
                "a person",
                "the row has neither an employee number nor a work mail address",
            );
            continue;
        };
        if let Some(first) = seen.insert(look.subject.clone(), row.line) {
            reading.leave("a person", format!("the same person stands in line {first} already"));
            continue;
        }
        looks.push(look);
        reading.identities.push(identity);
    }
    reading.date = told.date;
    reading.lists = Some("employee:hr/".to_owned());
    reading.looks = Box::new(looks.into_iter());
    Ok(reading)
}

fn is_total(row: &Row<'_>) -> bool {
    let first = row.get(ID).or_else(|| row.get(FULL)).unwrap_or_default().to_lowercase();
    ["total", "grand total", "count"].iter().any(|it| first.starts_with(it))
}

fn person(
    row: &Row<'_>,
    table: &Table,
    told: &Told,
    days: (bool, bool),
) -> Option<(Observation, Identity)> {
    const FROM: &str = "the personnel list";
    let known = Person {
        id: row.get(ID),
        mail: row.get(MAIL).filter(|it| it.contains('@')),
        name: row.get(FULL).map(str::to_owned).unwrap_or_else(|| {
            [row.get(FIRST), row.get(LAST)].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }),
    };
    let mut body = BodyBuilder::new();
    if let Some(start) = row.day(START, days.0) {
        body.saw("start", start, FROM);
    }
    if let Some(leave) = row.day(LEAVE, days.1) {
        body.saw("leave", leave, FROM);
    }
    match row.get(STATUS).map(text::plain).as_deref() {
        Some(
            "terminated" | "inactive" | "term" | "t" | "left" | "former" | "separated" | "retired",
        ) => {
            body.saw("left", true, FROM);
        }
        Some(_) => body.saw("left", false, FROM),
        None if table.has(STATUS) => body.missed("left", "the status is empty"),
        None => {}
    }
    if let Some(kind) = row.get(KIND).map(text::plain) {
        let known = [
            ("contract", "contractor"),
            ("locum", "locum"),
            ("student", "student"),
            ("intern", "student"),
            ("volunteer", "volunteer"),
            ("vendor", "vendor"),
            ("agency", "contractor"),
            ("regular", "employee"),
            ("full", "employee"),
            ("part", "employee"),
            ("employee", "employee"),
            ("perdiem", "employee"),
        ];
        let kind = known.iter().find(|(word, _)| kind.contains(word)).map_or("other", |(_, it)| it);
        body.saw("kind", kind, FROM);
    }
    for (path, titles) in [("role", ROLE), ("department", DEPARTMENT)] {
        if let Some(text) = row.get(titles) {
            body.saw(path, text.chars().take(100).collect::<String>(), FROM);
        }
    }
    known.seen(body.build(), "hr/roster", told.date.unwrap_or(told.now), told)
}

/// Who a row is about.
pub(super) struct Person<'a> {
    pub(super) id: Option<&'a str>,
    pub(super) mail: Option<&'a str>,
    pub(super) name: String,
}

impl Person<'_> {
    /// What was seen, and apart from it who it is; `None` if nothing tells one person from another.
    pub(super) fn seen(
        &self,
        body: Body,
        collector: &str,
        at: Timestamp,
        told: &Told,
    ) -> Option<(Observation, Identity)> {
        let subject = told.secret.subject("employee", "hr", self.id.or(self.mail)?);
        let short: String =
            subject.key().rsplit('/').next().unwrap_or_default().chars().take(8).collect();
        let look = Observation {
            schema: "employee/1".to_owned(),
            subject: subject.clone(),
            also: Vec::new(),
            label: format!("person {short}"),
            observed_at: at.min(told.now),
            collector: collector.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            body,
        };
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let identity = Identity {
            subject,
            name: line(&self.name).chars().take(200).collect(),
            login: None,
            mail: self.mail.map(|it| it.trim().to_lowercase()),
            employee_id: self.id.map(|it| line(it).chars().take(200).collect()),
        };
        Some((look, identity))
    }
}
