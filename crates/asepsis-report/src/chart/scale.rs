//! From numbers to places on paper. Places are rounded to a tenth of a unit, so that the same numbers
//! give the same bytes everywhere.

/// A logarithmic scale between two numbers above nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Log {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Log {
    /// `low` is drawn at `from`, `high` at `to`.
    pub(super) fn new((low, high): (f64, f64), (from, to): (f64, f64)) -> Self {
        let low = if low > 0.0 { low } else { f64::MIN_POSITIVE };
        Self { low, high: if high > low { high } else { 10.0 * low }, from, to }
    }

    /// Where a number is drawn; what is off the scale, at its end.
    pub(super) fn place(self, value: f64) -> f64 {
        let value = if value.is_finite() { value.clamp(self.low, self.high) } else { self.low };
        let share = libm::log(value / self.low) / libm::log(self.high / self.low);
        self.from + share * (self.to - self.from)
    }

    /// Powers of ten on the scale.
    pub(super) fn tens(self) -> Vec<f64> {
        // The smallest double and the largest are fewer than 700 powers apart.
        let mut power = (libm::log10(self.low) - 1e-9).ceil();
        let mut tens = Vec::new();
        while libm::pow(10.0, power) <= self.high * (1.0 + 1e-9) {
            tens.push(libm::pow(10.0, power));
            power += 1.0;
        }
        tens
    }
}

/// A linear scale.
#[derive(Clone, Copy, Debug)]
pub(super) struct Linear {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Linear {
    /// `low` is drawn at `from`, `high` at `to`.
    pub(super) fn new((low, high): (f64, f64), (from, to): (f64, f64)) -> Self {
        Self { low, high: if high > low { high } else { low + 1.0 }, from, to }
    }

    /// Where a number is drawn; what is off the scale, at its end.
    pub(super) fn place(self, value: f64) -> f64 {
        let value = if value.is_finite() { value.clamp(self.low, self.high) } else { self.low };
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }
}

/// A place, to a tenth.
pub(super) fn at(place: f64) -> String {
    let tenths = (place * 10.0).round() / 10.0;
    // Not `-0`.
    format!("{}", if tenths == 0.0 { 0.0 } else { tenths })
}
