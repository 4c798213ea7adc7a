//! Heavier tails, to compare with: Lomax, generalized Pareto above a high point, a pure power law.

use asepsis_core::risk::number::{exp, ln, pow};

use super::minimum::minimum;
use crate::sample::quantile;

/// A power law needs so many sizes to speak of.
const LEAST_IN_TAIL: usize = 50;

/// The greatest logarithm of the likelihood that a Lomax distribution (Pareto from 0), moved to the
/// floor, gives the sizes.
pub(crate) fn lomax_likelihood(sizes: &[f64], floor: f64) -> f64 {
    let likelihood = |[ln_shape, ln_scale]: [f64; 2]| {
        let (shape, scale) = (exp(ln_shape), exp(ln_scale));
        let one =
            |size: &f64| ln_shape - ln_scale - (shape + 1.0) * ln(1.0 + (size - floor) / scale);
        sizes.iter().map(one).sum::<f64>()
    };
    let per_size = |it| -likelihood(it) / sizes.len() as f64;
    likelihood(minimum([0.0, ln(5000.0)], [0.2, 0.2], per_size))
}

/// Peaks over a point: the shape of a generalized Pareto distribution.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peaks {
    pub(crate) point: f64,
    pub(crate) number: usize,
    pub(crate) shape: f64,
    /// The standard error of the shape where it is above -0.5: (1 + shape) / sqrt(n) (Smith, 1987).
    pub(crate) error: f64,
}

/// The shape above the point below which the share `p` lies; sizes ascending.
pub(crate) fn peaks(ascending: &[f64], p: f64) -> Peaks {
    let point = quantile(ascending, p);
    let over: Vec<f64> = ascending.iter().filter(|it| **it > point).map(|it| it - point).collect();
    let number = over.len().max(1) as f64;
    let mean = over.iter().sum::<f64>() / number;
    let [shape, _] = minimum([0.3, ln(mean)], [0.1, 0.1], |[shape, ln_scale]| {
        let scale = exp(ln_scale);
        let one = |y: &f64| {
            if shape.abs() < 1e-9 {
                return ln_scale + y / scale;
            }
            let inside = 1.0 + shape * y / scale;
            if inside <= 0.0 { f64::INFINITY } else { ln_scale + (1.0 + 1.0 / shape) * ln(inside) }
        };
        over.iter().map(one).sum::<f64>() / number
    });
    Peaks { point, number: over.len(), shape, error: (1.0 + shape) / number.sqrt() }
}

/// A pure power law: the share above x falls as x^-exponent, from a least size on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PowerLaw {
    pub(crate) from: f64,
    pub(crate) number: usize,
    pub(crate) exponent: f64,
}

/// The power law from that least size on at which it is nearest to the sizes (Clauset, Shalizi and
/// Newman, 2009); sizes ascending. `None` where there are too few.
pub(crate) fn power_law(ascending: &[f64]) -> Option<PowerLaw> {
    let mut best: Option<(f64, PowerLaw)> = None;
    let mut logs_above: f64 = ascending.iter().map(|it| ln(*it)).sum();
    let mut before = f64::NEG_INFINITY;
    for (at, from) in ascending.iter().enumerate() {
        let number = ascending.len() - at;
        if number < LEAST_IN_TAIL {
            break;
        }
        if *from > before {
            let exponent = number as f64 / (logs_above - number as f64 * ln(*from));
            let tail = ascending.get(at..).unwrap_or_default();
            let distance = distance(tail, *from, exponent);
            if best.is_none_or(|(least, _)| distance < least) {
                best = Some((distance, PowerLaw { from: *from, number, exponent }));
            }
        }
        logs_above -= ln(*from);
        before = *from;
    }
    best.map(|(_, law)| law)
}

/// The greatest distance between the tail and a power law.
fn distance(tail: &[f64], from: f64, exponent: f64) -> f64 {
    let number = tail.len() as f64;
    let gaps = tail.iter().enumerate().map(|(at, size)| {
        let law = 1.0 - pow(from / size, exponent);
        (law - at as f64 / number).abs().max(((at + 1) as f64 / number - law).abs())
    });
    gaps.fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use asepsis_core::risk::number::Stream;

    use super::*;
    use crate::sample::sorted;

    fn pareto(exponent: f64, number: usize) -> Vec<f64> {
        let mut stream = Stream::new(4, 3, 2, 1);
        sorted((0..number).map(|_| 1000.0 * pow(stream.uniform(), -1.0 / exponent)))
    }

    #[test]
    fn a_power_law_is_found_again() {
        let law = power_law(&pareto(0.8, 3000)).unwrap();
        assert!((law.exponent - 0.8).abs() < 0.06, "{law:?}");
        assert!(power_law(&pareto(0.8, 49)).is_none());
    }

    #[test]
    fn the_shape_of_peaks_is_one_over_the_exponent() {
        let peaks = peaks(&pareto(2.0, 20_000), 0.95);
        assert_eq!(peaks.number, 1000);
        assert!((peaks.shape - 0.5).abs() < 4.0 * peaks.error, "{peaks:?}");
    }

    #[test]
    fn a_lomax_sample_is_likelier_as_lomax_than_as_log_normal() {
        use crate::fit::truncated::Truncated;
        let sizes: Vec<f64> = pareto(0.7, 3000).into_iter().map(|it| it - 400.0).collect();
        let log_normal = Truncated::fit(&sizes, 599.9).likelihood(&sizes);
        assert!(lomax_likelihood(&sizes, 599.9) > log_normal);
    }
}
