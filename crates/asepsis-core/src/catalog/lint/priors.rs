//! Priors: every threat at every size, within bounds, each number with a source that exists.

use super::{Linter, Problem};
use crate::catalog::{ActionBasis, Priors};
use crate::organization::Size;

pub(super) const FILE: &str = "risk/priors.toml";
/// The source that an organization's own history rests on; the program names it.
const YOUR_ANSWERS: &str = "your-answers";
/// The most that one event may cost, in US dollars.
const MAX_LOSS: f64 = 1e12;
/// The most days that half of the events disturb care.
const MAX_DAYS: f64 = 3_650.0;
/// The most that counts of cases, minutes and what a minute is worth may be.
const MAX_COUNT: f64 = 1e6;

impl Linter<'_> {
    pub(super) fn priors(&mut self) {
        self.risk_sources();
        let Some(priors) = &self.catalog.priors else {
            let message = "this file is missing".to_owned();
            self.problems.push(Problem { file: FILE.to_owned(), line: None, message });
            return;
        };
        for basis in bases(priors) {
            let known = self.catalog.risk_source(&basis.source).is_some();
            self.refer(known, FILE, &basis.source, &basis.source, "source");
        }
        for threat in threats(priors) {
            let known = self.catalog.threats.iter().any(|it| it.id == threat);
            self.refer(known, FILE, threat, threat, "threat");
        }
        for (needle, message) in self.gaps(priors).into_iter().chain(wrong(priors)) {
            self.problem(FILE, &needle, &needle, message);
        }
    }

    fn risk_sources(&mut self) {
        let catalog = self.catalog;
        for source in &catalog.risk_sources {
            let file = format!("risk/sources/{}.toml", source.id);
            let at = self.file_of("risk/sources/", &format!("\"{}\"", source.id));
            self.refer(self.files.0.contains_key(&file), &at, "id", &file, "file");
            let named = catalog.actions.iter().any(|it| super::actions::names(it, &source.id))
                || catalog
                    .priors
                    .as_ref()
                    .is_some_and(|it| bases(it).iter().any(|basis| basis.source == source.id))
                || source.id == YOUR_ANSWERS;
            if !named {
                let message = format!("nothing rests on {}", source.id);
                self.problem(&file, "id", &source.id, message);
            }
            for (field, text) in
                [("title", &source.title), ("date", &source.date), ("note", &source.note)]
            {
                if text.trim().is_empty() {
                    self.problem(&file, field, field, format!("its {field} is empty"));
                }
            }
        }
    }

    /// What is missing, or stands twice.
    fn gaps(&self, priors: &Priors) -> Vec<(String, String)> {
        let mut gaps = Vec::new();
        for size in Size::ALL {
            for threat in &self.catalog.threats {
                let id = &threat.id;
                let often =
                    priors.frequencies.iter().filter(|it| it.threat == *id && it.size == size);
                let much = priors.losses.iter().filter(|it| it.threat == *id && it.size == size);
                for (what, found) in [("frequency", often.count()), ("loss", much.count())] {
                    if found != 1 {
                        let message = format!("{found} of {what} for {id}, {size}; one is needed");
                        gaps.push((format!("[[{what}]]"), message));
                    }
                }
            }
            let revenue = priors.revenues.iter().filter(|it| it.size == size).count();
            let listed = priors.listed.iter().filter(|it| it.size == size).count();
            for (what, found) in [("revenue", revenue), ("listed", listed)] {
                if found != 1 {
                    gaps.push((
                        format!("[[{what}]]"),
                        format!("{found} of {what} for {size}; one is needed"),
                    ));
                }
            }
        }
        gaps
    }
}

fn bases(priors: &Priors) -> Vec<&ActionBasis> {
    let mut all =
        vec![&priors.model.basis, &priors.evidence.basis, &priors.bands.basis, &priors.ask.basis];
    all.extend(priors.frequencies.iter().map(|it| &it.basis));
    all.extend(priors.losses.iter().map(|it| &it.basis));
    all.extend(priors.care.iter().map(|it| &it.basis));
    all.extend(priors.covariates.iter().map(|it| &it.basis));
    all.extend(priors.revenues.iter().map(|it| &it.basis));
    all.extend(priors.listed.iter().map(|it| &it.basis));
    all
}

fn threats(priors: &Priors) -> impl Iterator<Item = &str> {
    let care = priors.care.iter().map(|it| &it.threat);
    let covariates = priors.covariates.iter().map(|it| &it.threat);
    let frequencies = priors.frequencies.iter().map(|it| &it.threat);
    let losses = priors.losses.iter().map(|it| &it.threat);
    let all = care.chain(covariates).chain(frequencies).chain(losses);
    all.chain(&priors.model.shocked).chain(&priors.model.by_vendor).map(String::as_str)
}

/// Numbers out of bounds, each with the line to look at.
pub(super) fn wrong(priors: &Priors) -> Vec<(String, String)> {
    let mut wrong = Vec::new();
    let mut rule = |holds: bool, at: &str, message: &str| {
        if !holds {
            wrong.push((at.to_owned(), message.to_owned()));
        }
    };
    let day = priors.as_of.parse::<jiff::civil::Date>();
    rule(day.is_ok(), "as_of", "as_of is not a day as in 2025-12-31");
    let model = &priors.model;
    rule((0.0..=2.0).contains(&model.drift), "drift", "drift is not 0 to 2");
    let doubt = (0.0..=2.0).contains(&model.loss_median_doubt);
    rule(doubt, "loss_median_doubt", "loss_median_doubt is not 0 to 2");
    let doubt = (0.0..=0.5).contains(&model.loss_sigma_doubt);
    rule(doubt, "loss_sigma_doubt", "loss_sigma_doubt is not 0 to 0.5");
    rule((0.0..0.5).contains(&model.floor), "floor", "floor is not 0 to 0.5");
    let mean = (model.shock.mean() - 1.0).abs() < 1e-9;
    rule(mean, "shock", "the mean of the shock is not 1: it would move every number");
    for it in &priors.losses {
        let sound = it.median > 0.0
            && (0.1..=4.0).contains(&it.sigma)
            && it.cap > it.median
            && it.cap <= MAX_LOSS;
        rule(sound, "[[loss]]", "a loss needs a median above 0 and below its cap, sigma 0.1 to 4");
    }
    for it in &priors.care {
        let median = it.median > 0.0 && it.median <= MAX_DAYS;
        let sound = median && (0.1..=4.0).contains(&it.sigma);
        rule(sound, "[[care]]", "days need a median above 0, sigma 0.1 to 4");
    }
    for it in &priors.covariates {
        let sound = (0.0..=10.0).contains(&it.ratio) && (0.0..=2.0).contains(&it.sigma);
        rule(sound, "[[covariate]]", "a covariate needs a ratio of 0 to 10, sigma 0 to 2");
    }
    for it in &priors.revenues {
        let sound = it.dollars > 0.0 && it.dollars <= MAX_LOSS;
        rule(sound, "[[revenue]]", "revenue is not above 0, or beyond reason");
    }
    for it in &priors.listed {
        let [middle, low, high] = it.chance;
        let sound = 0.0 < low && low <= middle && middle <= high && high < 1.0;
        rule(sound, "[[listed]]", "a chance is its middle, low and high, between 0 and 1");
    }
    let it = &priors.evidence;
    let counts = [it.prior, it.measured_pass, it.fail, it.told, it.told_partly, it.half_life_days];
    let count = |n: &f64| *n > 0.0 && *n <= MAX_COUNT;
    rule(counts.iter().all(count), "[evidence]", "all of [evidence] must be above 0");
    let ask = [priors.ask.question_minutes, priors.ask.look_minutes, priors.ask.minute];
    rule(ask.iter().all(count), "[ask]", "all of [ask] must be above 0");
    rule(it.measured_pass > it.told, "[evidence]", "measured must weigh more than told");
    for (name, [medium, high]) in [
        ("likelihood", priors.bands.likelihood),
        ("impact", priors.bands.impact),
        ("level", priors.bands.level),
    ] {
        rule(0.0 < medium && medium < high, name, "a band begins above 0 and rises");
    }
    wrong
}
