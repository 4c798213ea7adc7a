//! `asepsis answer`: list, one answer, a sitting, a file of answers.

use crate::support::Session;

#[test]
fn the_list_says_what_is_open_answered_unknown_and_not_asked() {
    let session = Session::new();
    session.well(&["answer", "org.medical-devices", "--set", "none"]);
    session.well(&["answer", "org.computers", "--set", "dont-know"]);
    let list = session.well(&["answer", "--list"]).out;
    for part in [
        "questions, those that settle most first",
        "[endpoint.disk-encryption, your IT person, settles",
        "Nobody knew yet: for your IT vendor\n? How many computers",
        "Answered: 1 question\n",
        "Not asked: ",
    ] {
        let flat = list.replace("\n   ", " ");
        let loose = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(loose(&flat).contains(&loose(part)), "{part}: {list}");
    }
    let document = session.json(&["answer", "--list"]);
    assert_eq!(document["questions"]["unknown"], serde_json::json!(["org.computers"]));
    assert_eq!(document["questions"]["answered"][0][0], "org.medical-devices");
    let texts = document["texts"].as_array().unwrap();
    assert!(texts.iter().any(|it| it["id"] == "org.computers"), "those nobody knew are there too");
    assert!(!texts.iter().any(|it| it["id"] == "org.medical-devices"));
}

#[test]
fn one_answer_is_recorded_under_its_entry() {
    let session = Session::new();
    let set =
        session.run(&["answer", "org.computers", "--set", "7", "--name", "Sam", "--role", "it"]);
    insta::assert_snapshot!(set.tame(&session), @r"
    Recorded as entry 2.
    code 0
    ");
    let entry = session.json(&["ledger", "show", "2"]);
    assert_eq!(entry["body"]["answer"], serde_json::json!({"number": 7}));
    assert_eq!(entry["body"]["role"], "it");
    assert!(!entry["body"].to_string().contains("Sam"), "a name stands in a person entry only");
}

#[test]
fn ticked_boxes_are_kept_in_the_order_of_the_catalog_each_once() {
    let session = Session::new();
    session.well(&["answer", "endpoint.basics", "--set", "firewall, firewall,anti-malware"]);
    let one = session.json(&["ledger", "show", "2"])["body"]["answer"].clone();
    session.well(&["answer", "endpoint.basics", "--set", "anti-malware,firewall"]);
    let two = session.json(&["ledger", "show", "3"])["body"]["answer"].clone();
    assert_eq!(one, two);
    session.well(&["answer", "endpoint.basics", "--set", "none"]);
    let none = session.json(&["ledger", "show", "4"]);
    assert_eq!(none["body"]["answer"], serde_json::json!({"several": []}));
}

#[test]
fn what_is_not_offered_is_refused_with_what_is() {
    let session = Session::new();
    let refused = |arguments: &[&str]| session.ends(1, arguments).tame(&session);
    insta::assert_snapshot!(refused(&["answer", "org.medical-devices", "--set", "perhaps"]), @r#"
    error: org.medical-devices does not offer {"one":"perhaps"}; it offers one of none, some
    help: `asepsis explain org.medical-devices` shows its answers

    code 1
    "#);
    insta::assert_snapshot!(refused(&["answer", "org.computers", "--set", "0"]), @r#"
    error: org.computers does not offer {"number":0}; it offers a number from 1 to 1000000
    help: `asepsis explain org.computers` shows its answers

    code 1
    "#);
    insta::assert_snapshot!(refused(&["answer", "org.computers", "--set", "many"]), @r#"
    error: "many" is not a number
    help: How many computers do you use, counting desktops, laptops and servers?

    code 1
    "#);
    insta::assert_snapshot!(refused(&["answer", "org.nothing", "--set", "1"]), @r#"
    error: there is no question "org.nothing"
    help: `asepsis answer --list` shows the questions

    code 1
    "#);
    refused(&["answer", "endpoint.basics", "--set", "firewall,moat"]);
    refused(&["answer", "org.nothing"]);
    session.ends(2, &["answer", "org.computers", "--set", "1", "--role", "king"]);
    session.ends(2, &["answer", "--set", "1"]);
    assert_eq!(session.entries(), 0);
}

#[test]
fn a_remark_that_looks_like_patient_data_is_refused_and_not_repeated() {
    let session = Session::new();
    let long = "a".repeat(2_001);
    // A number of the form that the Social Security Administration documents as never assigned.
    for note in ["see patient 123-45-6789", "MRN: 00123456", "born 03/14/1961, DOB 03/14/1961"] {
        let answer = ["answer", "org.medical-devices", "--set", "none", "--note", note];
        let refused = session.ends(1, &answer);
        assert!(refused.err.contains("asepsis keeps no patient data"), "{}", refused.err);
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        assert_eq!(digits(&refused.err), 0, "{}", refused.err);
    }
    session.ends(1, &["answer", "org.medical-devices", "--set", "none", "--note", &long]);
    assert_eq!(session.entries(), 0);
    session.well(&[
        "answer",
        "org.medical-devices",
        "--set",
        "none",
        "--note",
        " we looked twice ",
    ]);
    assert_eq!(session.json(&["ledger", "show", "2"])["body"]["note"], "we looked twice");
}

#[test]
fn one_question_as_it_is_asked() {
    let session = Session::new();
    let asked = session.typed(&["answer", "org.medical-devices"], "q\n");
    insta::assert_snapshot!(asked.tame(&session), @r"
    1 of 1
    Do you have medical devices that are connected to your network?
      Such as infusion pumps, imaging machines, patient monitors or lab analyzers
      that send or receive data by cable or wireless.
      Who may know: a clinician, the manager, your IT person
       1) No, none
       2) Yes, one or more
      Type a number; ? I don't know, s skip, b back, w why, q stop
    >
    0 answers recorded. Where you stand now: asepsis status. More questions: asepsis answer
    code 0
    ");
}

#[test]
fn a_sitting_takes_answers_nonsense_and_every_key() {
    let session = Session::new();
    let sitting = |count: &str, typed: &str| {
        session.typed(&["answer", "--count", count, "--role", "it", "--name", "Sam"], typed)
    };
    // Nonsense and too large a number ask again; w says why; s skips; b goes back; ? is an answer.
    let one = sitting("3", "nonsense\n0\nw\ns\nb\n?\nq\n");
    assert_eq!(one.code, 0, "{}", one.err);
    assert_eq!(one.out.matches("Please type a number").count(), 2, "{}", one.out);
    assert!(one.out.contains("Better than an answer: "), "{}", one.out);
    assert_eq!(one.out.matches("1 of 3").count(), 5, "{}", one.out);
    assert_eq!(one.out.matches("2 of 3").count(), 2, "{}", one.out);
    assert!(one.out.contains("1 answer recorded."), "{}", one.out);
    // The catalog, Sam, and an "I don't know".
    assert_eq!(session.entries(), 3);

    // Back from the first question stays there; the end of input ends the sitting.
    let two = sitting("2", "b\n");
    assert_eq!(two.code, 0, "{}", two.err);
    assert!(two.out.ends_with("0 answers recorded. Where you stand now: asepsis status. More questions: asepsis answer\n"), "{}", two.out);
    assert_eq!(session.entries(), 3);

    // A number of computers, with a comma; then several boxes, none of them, and one choice.
    let asked = |id: &str, typed: &str| {
        session.typed(&["answer", id, "--role", "it", "--name", "Sam"], typed)
    };
    asked("org.computers", "0\n1,200\n");
    asked("endpoint.basics", "2 1\n");
    asked("endpoint.basics", "0\n");
    asked("endpoint.disk-encryption", "1\n");
    let body = |seq: &str| session.json(&["ledger", "show", seq])["body"]["answer"].clone();
    assert_eq!(body("3"), serde_json::json!({"number": 1200}));
    assert_eq!(body("4")["several"].as_array().unwrap().len(), 2);
    assert_eq!(body("5"), serde_json::json!({"several": []}));
    assert_eq!(body("6"), serde_json::json!({"one": "all"}));
    assert_eq!(session.entries(), 7);
}

#[test]
fn a_sitting_can_be_for_one_role_only() {
    let session = Session::new();
    let texts = session.json(&["answer", "--list"])["texts"].clone();
    let mine = texts
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["roles"].as_array().unwrap().contains(&"front-desk".into()));
    let asked =
        session.typed(&["answer", "--role", "front-desk", "--only-my-role", "--count", "1"], "q\n");
    let ask = mine.unwrap()["ask"].as_str().unwrap();
    let start: String = ask.chars().take(30).collect();
    assert!(asked.out.contains("the front desk"), "{}", asked.out);
    assert!(asked.out.contains(&start), "{ask}: {}", asked.out);
}

#[test]
fn a_file_of_answers_is_taken_whole_or_not_at_all() {
    let session = Session::new();
    let take = |text: &str| session.typed(&["answer", "--json", "--role", "vendor"], text);
    let good = r#"{"answers": [
        {"question": "org.own-servers", "answer": {"one": "none"}, "sure": "fairly-sure"},
        {"question": "endpoint.basics", "answer": {"several": ["firewall"]}},
        {"question": "org.medical-devices", "answer": "dont-know", "note": "ask the lab"},
        {"question": "org.computers", "answer": {"number": 7}}]}"#;
    for bad in [
        good.replace("\"none\"", "\"maybe\""),
        good.replace("ask the lab", "ask about 123-45-6789"),
        good.replace("\"sure\":", "\"certain\":"),
        good.replace("{\"number\": 7}", "{\"number\": 7.5}"),
        good.replace("org.computers", "org.nothing"),
        good.get(..good.len() - 2).unwrap().to_owned(),
        "[]".to_owned(),
        String::new(),
    ] {
        let refused = take(&bad);
        assert_eq!(refused.code, 1, "{bad}: {}", refused.out);
        assert!(!refused.err.contains("123-45"), "{}", refused.err);
        assert!(refused.err.contains("help: "), "{}", refused.err);
    }
    assert_eq!(session.entries(), 0);
    let taken = take(good);
    assert_eq!(taken.code, 0, "{}", taken.err);
    assert_eq!(taken.json()["entries"], serde_json::json!([2, 3, 4, 5]));
    assert_eq!(session.json(&["ledger", "show", "2"])["body"]["sure"], "fairly-sure");
}
