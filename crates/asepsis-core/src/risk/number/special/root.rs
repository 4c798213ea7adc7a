//! The zero of an increasing function: Newton's steps, halving where a step would leave the bracket.

/// Steps after which the bracket is as narrow as numbers are.
const MAX_STEPS: u32 = 200;

/// Where an increasing function is 0. `function` gives value and slope. Where it has no zero in the
/// range, the end that is nearer to one.
pub(super) fn increasing(
    start: f64,
    (mut low, mut high): (f64, f64),
    function: impl Fn(f64) -> (f64, f64),
) -> f64 {
    let mut at = if start > low && start < high { start } else { 0.5 * (low + high) };
    for _ in 0..MAX_STEPS {
        let (value, slope) = function(at);
        if value == 0.0 {
            return at;
        }
        if value > 0.0 {
            high = at;
        } else {
            low = at;
        }
        let newton = at - value / slope;
        let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
        if (next - at).abs() <= 4.0 * f64::EPSILON * at.abs().max(1e-3)
            || next == low && next == high
        {
            return next;
        }
        at = next;
    }
    at
}
