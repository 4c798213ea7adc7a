//! Plain statistics of numbers that are there: mean, variance, quantiles.

/// The mean; 0 of nothing.
pub(crate) fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len().max(1) as f64
}

/// The variance of the population that these are a sample of (n - 1).
pub(crate) fn variance(numbers: &[f64]) -> f64 {
    let mean = mean(numbers);
    let squares = numbers.iter().map(|it| (it - mean) * (it - mean));
    squares.sum::<f64>() / numbers.len().saturating_sub(1).max(1) as f64
}

/// In ascending order.
pub(crate) fn sorted(numbers: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut numbers: Vec<f64> = numbers.into_iter().collect();
    numbers.sort_by(f64::total_cmp);
    numbers
}

/// The value below which the share `p` lies, between neighbors in a straight line (Hyndman and Fan's
/// type 7); of nothing it is 0. The numbers are in ascending order.
pub(crate) fn quantile(ascending: &[f64], p: f64) -> f64 {
    let Some(last) = ascending.len().checked_sub(1) else { return 0.0 };
    let at = p.clamp(0.0, 1.0) * last as f64;
    let below = at.floor();
    let value = |index: f64| ascending.get(index as usize).copied().unwrap_or_default();
    let low = value(below);
    let high = if below as usize == last { low } else { value(below + 1.0) };
    low + (at - below) * (high - low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_neighbors() {
        let numbers = sorted([3.0, 1.0, 2.0, 4.0]);
        assert_eq!(quantile(&numbers, 0.0), 1.0);
        assert_eq!(quantile(&numbers, 0.5), 2.5);
        assert_eq!(quantile(&numbers, 0.9), 3.7);
        assert_eq!(quantile(&numbers, 1.0), 4.0);
        assert_eq!(quantile(&[7.0], 0.3), 7.0);
        assert_eq!(quantile(&[], 0.5), 0.0);
    }

    #[test]
    fn the_variance_is_that_of_the_population() {
        assert_eq!(mean(&[1.0, 2.0, 3.0, 4.0]), 2.5);
        assert_eq!(variance(&[1.0, 2.0, 3.0, 4.0]), 5.0 / 3.0);
        assert_eq!((mean(&[]), variance(&[5.0])), (0.0, 0.0));
    }
}
