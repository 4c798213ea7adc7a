//! What must be true of every report, on an invented clinic and on the shipped catalog.

mod clinic;
mod structure;
mod vendor;

use asepsis_core::engine::State;

use clinic::{Clinic, shipped, small};

#[test]
fn the_same_report_gives_the_same_bytes() {
    let clinic = Clinic::of_seven(small());
    assert_eq!(clinic.html(), clinic.html());
}

#[test]
fn the_page_is_well_built() {
    for catalog in [small(), shipped()] {
        structure::check(&Clinic::of_seven(catalog).html());
    }
    structure::check(&Clinic::empty(small()).html());
    structure::check(&Clinic::talkative(shipped()).html());
}

#[test]
fn contradictions_come_first() {
    let html = Clinic::of_seven(small()).html();
    let at = |needle: &str| html.find(needle).unwrap_or_else(|| panic!("no {needle:?}"));
    assert!(html.contains("One answer does not match what we saw."));
    assert!(at("id=\"contradictions\"") < at("id=\"next\""));
    assert!(at("id=\"next\"") < at("id=\"table\""));
    assert!(at("id=\"table\"") < at("id=\"practice-1\""));
    assert!(html.contains("“Yes, on every computer”"));
    assert!(html.contains("the manager, <time"));
    assert!(html.contains("href=\"#p-2-S-A-disk-encryption\""));
}

#[test]
fn measured_and_told_never_look_alike() {
    let html = Clinic::of_seven(small()).html();
    assert!(html.contains("1.S.A Basic Controls: in place, measured\"><use href=\"#in-place\""));
    assert!(html.contains("1.S.B Training: in place, told\"><use href=\"#in-place-told\""));
    let symbol = |id: &str| {
        let start = html.find(&format!("<symbol id=\"{id}\"")).expect("the symbol is there");
        html[start..].split("</symbol>").next().unwrap().split_once('>').unwrap().1.to_owned()
    };
    for state in ["in-place", "partly", "missing"] {
        let all =
            [symbol(state), symbol(&format!("{state}-told")), symbol(&format!("{state}-both"))];
        assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2]);
        assert!(all[0].contains("fill=\"currentColor\""), "measured is filled");
        assert!(!all[1].contains("fill=\"currentColor\""), "told is outlined");
    }
}

#[test]
fn accepted_gaps_show_their_owner_and_end() {
    let html = Clinic::of_seven(small()).html();
    assert!(html.contains("1 accepted by Dr. Lee until <time"));
    assert!(html.contains("Jan 31, 2027"));
    assert!(html.contains("id=\"accepted\""));
}

#[test]
fn items_set_apart_are_counted_nowhere() {
    let clinic = Clinic::of_seven(small());
    let html = clinic.html();
    assert_eq!(clinic.assessment.apart.len(), 1);
    assert!(html.contains("counted nowhere"));
    let counted =
        clinic.assessment.practices.iter().map(|it| it.sub_practices.len()).sum::<usize>();
    assert!(html.contains(&format!("The {counted} sub-practices")));
    let table = html.split("id=\"table\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert_eq!(table.matches("<svg").count(), counted);
    assert!(!table.contains("2.S.Z"));
}

#[test]
fn the_headline_counts_what_the_table_counts() {
    let clinic = Clinic::of_seven(small());
    let html = clinic.html();
    let in_place = clinic.assessment.practices.iter().filter(|it| it.state == State::InPlace);
    assert_eq!(in_place.count(), 1);
    assert!(html.contains("One of 2 practices is in place."));
    let counts = html.split("class=\"counts\"").nth(1).unwrap().split("</ul>").next().unwrap();
    let sum: usize = counts
        .split("<b class=\"num\">")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().parse::<usize>().unwrap())
        .sum();
    assert_eq!(sum, 3);
}

#[test]
fn hostile_names_stay_text() {
    let evil = "<script>alert('x')</script>\"><img src=x onerror=y>";
    let html = Clinic::named(small(), evil, evil).html();
    assert!(!html.contains("<script"));
    assert!(!html.contains("<img"));
    assert!(html.contains("&lt;script&gt;alert"));
    structure::check(&html);
}

#[test]
fn twenty_thousand_computers_fit_in_a_mail() {
    let clinic = Clinic::of_many(small(), 20_000);
    let html = clinic.html();
    assert!(html.contains("and 19,990 more"));
    assert!(html.len() < 1_000_000, "{} bytes", html.len());
    let html = Clinic::of_many(shipped(), 20_000).html();
    assert!(html.contains("and 19,990 more"));
    assert!(html.len() < 1_000_000, "{} bytes", html.len());
}

#[test]
fn nothing_known_is_said_kindly() {
    let html = Clinic::empty(small()).html();
    assert!(html.contains("Nobody can tell yet how you stand."));
    assert!(!html.contains("id=\"contradictions\""));
}

#[test]
#[ignore = "writes pages into the temporary folder, to be looked at"]
fn write_pages_to_look_at() {
    let folder = std::env::temp_dir();
    let write = |name: &str, clinic: &Clinic| {
        std::fs::write(folder.join(name), clinic.html()).expect("the temporary folder is writable");
    };
    write("asepsis-report.html", &Clinic::talkative(shipped()));
    write("asepsis-report-many.html", &Clinic::of_many(shipped(), 20_000));
    write("asepsis-report-empty.html", &Clinic::empty(shipped()));
}
