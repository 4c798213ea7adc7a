//! Good plans quickly: the best of a few greedy rules, then one pass of exchanges.

use super::state::State;

/// How much an hour weighs against a dollar in each rule, both as shares of what may be spent.
const RULES: [f64; 4] = [1.0, 0.5, 0.0, -1.0];

/// The best of the rules from a state on, improved. A bundle is an item with what it requires.
pub(super) fn greedy<'a>(from: &State<'a>, items: &[u16]) -> State<'a> {
    exchanged(from, filled_best(from, items), items)
}

/// The best of the rules, without exchanges.
pub(super) fn filled_best<'a>(from: &State<'a>, items: &[u16]) -> State<'a> {
    let filled = RULES.iter().map(|rule| filled(from.clone(), items, *rule));
    let best = filled.max_by(|a, b| a.value().total_cmp(&b.value()));
    best.unwrap_or_else(|| from.clone())
}

/// Takes bundles, each time the one that is worth most for what it takes, while one is worth it. The
/// rule -1 looks at the worth alone.
fn filled<'a>(mut state: State<'a>, items: &[u16], rule: f64) -> State<'a> {
    let (hours, dollars) = state.room();
    let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
    loop {
        let mut found: Option<(f64, Vec<u16>)> = None;
        for item in items.iter().filter(|it| !state.holds(**it)) {
            let bundle = state.missing(*item);
            if !state.fits(&bundle) {
                continue;
            }
            let worth = worth(&state, &bundle);
            if worth <= 0.0 {
                continue;
            }
            let taken = bundle.iter().fold(0.0, |sum, it| {
                let (h, d) = state.takes(*it);
                sum + rule * share(h, hours) + (1.0 - rule) * share(d, dollars)
            });
            let score = if rule < 0.0 { worth } else { worth / (taken + 1e-6) };
            if found.as_ref().is_none_or(|(best, _)| score > *best) {
                found = Some((score, bundle));
            }
        }
        let Some((_, bundle)) = found else { return state };
        for item in bundle {
            state.take(item);
        }
    }
}

/// What a bundle adds, less what it costs in a year.
fn worth(state: &State<'_>, bundle: &[u16]) -> f64 {
    let before = state.value();
    match bundle {
        [item] => {
            let cost = state.problem.item(*item).map_or(0.0, |it| it.yearly_cost);
            state.gain(*item) - cost
        }
        _ => {
            let mut with = state.clone();
            for item in bundle {
                with.take(*item);
            }
            with.value() - before
        }
    }
}

/// Leaves out one item at a time and fills up again; keeps what is better.
fn exchanged<'a>(from: &State<'a>, mut best: State<'a>, items: &[u16]) -> State<'a> {
    for out in best.chosen() {
        if from.holds(out) {
            continue;
        }
        let mut other = from.clone();
        for item in best.chosen() {
            let kept = item != out && !other.holds(item);
            // What needs the one that goes, goes too.
            if kept && !best.closure(item).contains(&out) {
                other.take(item);
            }
        }
        let others: Vec<u16> = items.iter().copied().filter(|it| *it != out).collect();
        let other = filled(other, &others, 0.5);
        if other.value() > best.value() {
            best = other;
        }
    }
    best
}
