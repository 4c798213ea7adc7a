//! The loss exceedance curve, and what is read off it: each point with the band of the worlds.

use serde::Serialize;

use super::super::figure::{Figure, Grounds};
use super::super::outlook::range;
use super::super::study::Study;
use super::year::Made;
use super::{Amount, Wanted, worlds};

/// Years of which the worst is told: one in so many.
const ONE_IN: [u32; 3] = [20, 100, 200];
/// Years of which the worst counts as a bad one.
const WORST: f64 = 100.0;
/// Days of disturbed care whose chance is told.
const DAYS: [f64; 3] = [1.0, 7.0, 30.0];

/// The distribution of a year, now and after a plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Curves {
    /// Worlds that were simulated.
    pub worlds: usize,
    /// Years in each.
    pub years: u32,
    /// As the organization stands.
    pub now: Curve,
    /// The same years after the plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Curve>,
    /// By threat, its share of the loss of the years beyond the worst of a hundred.
    pub bad_years: Vec<(String, Figure)>,
}

/// The distribution of a year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Curve {
    /// Chances that a year costs more, from small amounts to large ones.
    pub points: Vec<Point>,
    /// Share of the years without any loss.
    pub loss_free: Figure,
    /// The loss that one year in so many exceeds.
    pub one_in: Vec<Moment>,
    /// Chances that care is disturbed for more days in a year.
    pub care: Vec<Point>,
    /// Mean loss of the years beyond the worst of a hundred.
    pub shortfall: Figure,
}

/// The chance that a year exceeds an amount.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// US dollars, or days.
    pub above: f64,
    /// The chance in a year.
    pub chance: Figure,
}

/// The loss that one year in so many exceeds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moment {
    /// One year in so many.
    pub years: u32,
    /// US dollars.
    pub loss: Figure,
}

/// Simulates the years of a study, now and after some actions (by their position in the model).
pub fn curves(study: &Study, done: &[u16], amount: Amount) -> Curves {
    let mut made = worlds(&study.model, &study.worlds, amount, &Wanted::Years(done));
    let mut grounds = Grounds::default();
    for threat in study.model.threats.iter().filter(|it| it.applies) {
        grounds.and(&threat.grounds);
    }
    let bad_years = bad_years(study, &made, &grounds);
    for it in &mut made {
        // The largest part, and read.
        it.by_threat = Vec::new();
    }
    let caps = study.model.threats.iter().filter(|it| it.applies).map(|it| it.loss.cap);
    let grid = grid(caps.fold(0.0, f64::max));
    let now = Told { losses: |it| &it.losses, care: |it| &it.care };
    let after = Told { losses: |it| &it.after, care: |it| &it.care_after };
    Curves {
        worlds: made.len(),
        years: made.first().map_or(0, |it| it.years),
        bad_years,
        now: now.curve(&made, &grid, &grounds),
        after: (!done.is_empty()).then(|| after.curve(&made, &grid, &grounds)),
    }
}

/// 100, 200, 500, 1,000 and so on, up to the largest loss.
fn grid(most: f64) -> Vec<f64> {
    let tens = std::iter::successors(Some(100.0), |it| Some(it * 10.0));
    let all = tens.flat_map(|it: f64| [it, 2.0 * it, 5.0 * it]);
    all.take_while(|it| *it <= most).collect()
}

/// Which of the two tellings of the same years is read.
struct Told {
    losses: fn(&Made) -> &Vec<f64>,
    care: fn(&Made) -> &Vec<f64>,
}

impl Told {
    fn curve(&self, made: &[Made], grid: &[f64], grounds: &Grounds) -> Curve {
        let each: Vec<Years<'_>> = made.iter().map(|it| Years::of(it, self.losses)).collect();
        let care: Vec<Years<'_>> = made.iter().map(|it| Years::of(it, self.care)).collect();
        let worst = worst(&each);
        let all = Years { years: each.iter().map(|it| it.years).sum(), values: &worst };
        let chance = |of: &[Years<'_>], above: f64| {
            let in_each: Vec<f64> = of.iter().map(|it| it.share_above(above)).collect();
            let mean = in_each.iter().sum::<f64>() / in_each.len().max(1) as f64;
            Point { above, chance: Figure::new(mean, range(in_each.into_iter()), grounds) }
        };
        let free: Vec<f64> = each.iter().map(|it| 1.0 - it.share_above(0.0)).collect();
        let mean = free.iter().sum::<f64>() / free.len().max(1) as f64;
        let one_in = |years: u32| {
            let share = 1.0 / f64::from(years);
            let in_each = each.iter().map(|it| it.exceeded(share));
            let loss = Figure::new(all.exceeded(share), range(in_each), grounds);
            Moment { years, loss }
        };
        let beyond = each.iter().map(|it| it.mean_beyond(1.0 / WORST));
        Curve {
            points: grid.iter().map(|above| chance(&each, *above)).collect(),
            loss_free: Figure::new(mean, range(free.into_iter()), grounds),
            one_in: ONE_IN.map(one_in).into(),
            care: DAYS.map(|days| chance(&care, days)).into(),
            shortfall: Figure::new(all.mean_beyond(1.0 / WORST), range(beyond), grounds),
        }
    }
}

/// Years, of which those that have any loss (or day) are named, the worst first.
#[derive(Clone, Copy)]
struct Years<'a> {
    years: f64,
    values: &'a [f64],
}

impl<'a> Years<'a> {
    fn of(made: &'a Made, values: fn(&Made) -> &Vec<f64>) -> Self {
        Self { years: f64::from(made.years), values: values(made) }
    }

    fn share_above(&self, above: f64) -> f64 {
        self.values.partition_point(|it| *it > above) as f64 / self.years.max(1.0)
    }

    /// The value that this share of the years exceeds.
    fn exceeded(&self, share: f64) -> f64 {
        self.values.get((share * self.years) as usize).copied().unwrap_or_default()
    }

    /// The mean of this share of the years, the worst.
    fn mean_beyond(&self, share: f64) -> f64 {
        let number = ((share * self.years) as usize).max(1);
        self.values.iter().take(number).sum::<f64>() / number as f64
    }
}

/// The worst years of all worlds together, as many as are told of.
fn worst(each: &[Years<'_>]) -> Vec<f64> {
    let years: f64 = each.iter().map(|it| it.years).sum();
    let number = (years / f64::from(ONE_IN[0])) as usize + 1;
    let mut values: Vec<f64> = each.iter().flat_map(|it| it.values).copied().collect();
    if number < values.len() {
        values.select_nth_unstable_by(number, |a, b| b.total_cmp(a));
        values.truncate(number);
    }
    values.sort_unstable_by(|a, b| b.total_cmp(a));
    values
}

/// By threat, its share of the loss of the worst years of all worlds together.
fn bad_years(study: &Study, made: &[Made], grounds: &Grounds) -> Vec<(String, Figure)> {
    let each: Vec<Years<'_>> = made.iter().map(|it| Years::of(it, |it| &it.losses)).collect();
    let years: f64 = each.iter().map(|it| it.years).sum();
    let mark = Years { years, values: &worst(&each) }.exceeded(1.0 / WORST);
    let threats = study.model.threats.len();
    let sums: Vec<Vec<f64>> = made
        .iter()
        .map(|it| {
            let mut sums = vec![0.0; threats];
            for row in it.by_threat.chunks(threats.max(1)) {
                let loss: f64 = row.iter().map(|it| f64::from(*it)).sum();
                for (sum, of) in sums.iter_mut().zip(row).filter(|_| loss > mark) {
                    *sum += f64::from(*of);
                }
            }
            sums
        })
        .collect();
    let total = |at: usize| sums.iter().filter_map(|it| it.get(at)).sum::<f64>();
    let whole: f64 = (0..threats).map(total).sum();
    let threats = study.model.threats.iter().enumerate();
    threats
        .map(|(at, threat)| {
            let in_each = sums.iter().filter_map(|it| {
                let whole: f64 = it.iter().sum();
                (whole > 0.0).then(|| it.get(at).map_or(0.0, |it| it / whole))
            });
            let share = if whole > 0.0 { total(at) / whole } else { 0.0 };
            (threat.id.clone(), Figure::new(share, range(in_each), grounds))
        })
        .collect()
}
