//! The minimum of a function of two numbers, by the simplex method of Nelder and Mead (1965).

type Point = [f64; 2];

/// Steps after which a simplex has long closed.
const MAX_STEPS: u32 = 2000;
/// A simplex as small as this is closed.
const CLOSED: f64 = 1e-9;

/// Where the function is least, begun at `start` with a simplex as wide as `step`.
pub(super) fn minimum(start: Point, step: Point, function: impl Fn(Point) -> f64) -> Point {
    let [x, y] = start;
    let [dx, dy] = step;
    let valued = |point: Point| (point, function(point));
    let mut simplex = [valued(start), valued([x + dx, y]), valued([x, y + dy])];
    for _ in 0..MAX_STEPS {
        simplex.sort_by(|a, b| a.1.total_cmp(&b.1));
        let [best, middle, worst] = simplex;
        if apart(best.0, worst.0) < CLOSED && apart(best.0, middle.0) < CLOSED {
            break;
        }
        let center = between(best.0, middle.0, 0.5);
        let reflected = valued(between(worst.0, center, 2.0));
        let new = if reflected.1 < best.1 {
            let farther = valued(between(worst.0, center, 3.0));
            if farther.1 < reflected.1 { farther } else { reflected }
        } else if reflected.1 < middle.1 {
            reflected
        } else {
            let share = if reflected.1 < worst.1 { 1.5 } else { 0.5 };
            valued(between(worst.0, center, share))
        };
        simplex = if new.1 < worst.1 {
            [best, middle, new]
        } else {
            let shrunk = |it: Point| valued(between(best.0, it, 0.5));
            [best, shrunk(middle.0), shrunk(worst.0)]
        };
    }
    simplex.sort_by(|a, b| a.1.total_cmp(&b.1));
    let [best, ..] = simplex;
    best.0
}

/// From `a` towards `b`: 0 is `a`, 1 is `b`.
fn between([ax, ay]: Point, [bx, by]: Point, share: f64) -> Point {
    [ax + share * (bx - ax), ay + share * (by - ay)]
}

fn apart([ax, ay]: Point, [bx, by]: Point) -> f64 {
    (ax - bx).abs().max((ay - by).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bent_valley_is_followed_to_its_bottom() {
        // Rosenbrock's function.
        let valley = |[x, y]: Point| (1.0 - x) * (1.0 - x) + 100.0 * (y - x * x) * (y - x * x);
        let [x, y] = minimum([-1.2, 1.0], [0.1, 0.1], valley);
        assert!((x - 1.0).abs() < 1e-6 && (y - 1.0).abs() < 1e-6, "{x} {y}");
    }
}
