//! Points that fill the unit cube evenly: Sobol's sequence, scrambled, one scramble for each key.
//!
//! Direction numbers: Stephen Joe and Frances Kuo, "Constructing Sobol sequences with better
//! two-dimensional projections" (2008), the first dimensions of their table D(6). Scrambling and
//! shuffling by hashes: Brent Burley, "Practical hash-based Owen scrambling" (2020), with the hash as
//! Nathan Vegdahl improved it (2021).
//!
//! Own lines, because the crate for it (`sobol_burley`) stops at 65,536 points and gives numbers of 24
//! bits: a run has a million years, and the far tail of a loss needs finer steps.

use super::stream::{mixed, scattered};

/// Dimensions that there are direction numbers for.
const DIMENSIONS: usize = 8;
/// Bits of the greatest index.
const MAX_BITS: u32 = 24;

/// Degree, inner coefficients and first direction numbers of each dimension after the first.
const TABLE: [(usize, u32, [u32; 5]); DIMENSIONS - 1] = [
    (1, 0, [1, 0, 0, 0, 0]),
    (2, 1, [1, 3, 0, 0, 0]),
    (3, 1, [1, 3, 1, 0, 0]),
    (3, 2, [1, 1, 1, 0, 0]),
    (4, 1, [1, 1, 3, 3, 0]),
    (4, 4, [1, 3, 5, 13, 0]),
    (5, 2, [1, 1, 5, 5, 17]),
];

/// What each bit of an index adds to each coordinate; lowest digit first (bits reversed).
static DIRECTIONS: [[u32; 32]; DIMENSIONS] = directions();

#[expect(clippy::indexing_slicing, reason = "the compiler evaluates it and checks every index")]
const fn directions() -> [[u32; 32]; DIMENSIONS] {
    let mut all = [[0; 32]; DIMENSIONS];
    let mut k = 0;
    while k < 32 {
        all[0][k] = 1 << k;
        k += 1;
    }
    let mut dimension = 1;
    while dimension < DIMENSIONS {
        let (degree, coefficients, first) = TABLE[dimension - 1];
        // Highest digit first, as the recurrence is written down; reversed at the end.
        let mut of = [0_u32; 32];
        let mut k = 0;
        while k < 32 {
            if k < degree {
                of[k] = first[k] << (31 - k);
            } else {
                let mut next = of[k - degree] ^ (of[k - degree] >> degree);
                let mut back = 1;
                while back < degree {
                    if (coefficients >> (degree - 1 - back)) & 1 == 1 {
                        next ^= of[k - back];
                    }
                    back += 1;
                }
                of[k] = next;
            }
            all[dimension][k] = of[k].reverse_bits();
            k += 1;
        }
        dimension += 1;
    }
    all
}

/// So many points; each coordinate of all of them lies once in each of as many equal steps. Points of
/// two keys have nothing to do with each other, so that coordinates of several keys may be put together.
#[derive(Clone, Copy, Debug)]
pub struct Sobol {
    key: u64,
    bits: u32,
}

impl Sobol {
    /// How many coordinates a point has.
    pub const DIMENSIONS: usize = DIMENSIONS;

    /// Points by a key. Their number is a power of two, at most 2^24: another is rounded up.
    pub fn new(key: u64, points: u32) -> Self {
        let bits = points.clamp(1, 1 << MAX_BITS).next_power_of_two().trailing_zeros();
        Self { key: mixed(&[key]), bits }
    }

    /// Other points by the same key, in another number.
    pub fn with_points(self, points: u32) -> Self {
        Self { bits: Self::new(0, points).bits, ..self }
    }

    /// How many points there are.
    pub const fn points(&self) -> u32 {
        1 << self.bits
    }

    /// A coordinate of a point: between 0 and 1, never either, to 52 bits. Indices and dimensions
    /// begin again where they end.
    pub fn at(&self, index: u32, dimension: usize) -> f64 {
        let mask = (1 << self.bits) - 1;
        let shuffled = nested((index & mask).reverse_bits(), self.key as u32).reverse_bits() & mask;
        self.scrambled(shuffled, dimension % DIMENSIONS)
    }

    /// The place of an index in an order by the key: each place is that of one index. Any indices fall
    /// into the places of any others, by another key, as chance has it; a scramble by itself would keep
    /// neighbors together, so there are two, of which the second begins at the other end.
    pub const fn place(&self, index: u32) -> u32 {
        if self.bits == 0 {
            return 0;
        }
        let mask = (1 << self.bits) - 1;
        let once = nested(index & mask, self.key as u32) & mask;
        let turned = once.reverse_bits() >> (32 - self.bits);
        nested(turned, (self.key >> 32) as u32) & mask
    }

    /// The one point of as many whose first coordinate lies in this step, of as many equal steps: so
    /// those with a great first coordinate are found without a look at the others. The two coordinates
    /// meet each rectangle of that area once (Hammersley's points, with the second scrambled).
    pub fn in_step(&self, step: u32) -> (f64, f64) {
        let step = step & ((1 << self.bits) - 1);
        let within = (scattered(self.key ^ u64::from(step)) >> 12) as f64 + 0.5;
        let first = (f64::from(step) + within * (1.0 / (1_u64 << 52) as f64))
            / f64::from(1_u32 << self.bits);
        // In the last step the sum may round to 1.
        (first.min(1.0 - f64::EPSILON / 2.0), self.scrambled(step, 0))
    }

    fn scrambled(&self, index: u32, dimension: usize) -> f64 {
        let key = scattered(self.key ^ (dimension as u64 + 1));
        let digits = nested(plain(index, dimension), key as u32).reverse_bits();
        // Below its 32 digits the scramble goes on as plain chance.
        let finer = scattered(key ^ u64::from(digits)) >> 44;
        let whole = (u64::from(digits) << 20) | finer;
        (whole as f64 + 0.5) * (1.0 / (1_u64 << 52) as f64)
    }
}

/// A coordinate without scramble, lowest digit first.
fn plain(index: u32, dimension: usize) -> u32 {
    if dimension == 0 {
        return index;
    }
    let directions = DIRECTIONS.get(dimension).into_iter().flatten();
    let bits = directions.enumerate().take(32 - index.leading_zeros() as usize);
    bits.fold(0, |sum, (bit, direction)| sum ^ (direction & 0_u32.wrapping_sub((index >> bit) & 1)))
}

/// Owen's scramble of digits, lowest first: each digit is turned or not by a hash of those below it.
const fn nested(digits: u32, key: u32) -> u32 {
    let digits = digits ^ digits.wrapping_mul(0x3d20_adea);
    let digits = digits.wrapping_add(key);
    let digits = digits.wrapping_mul((key >> 16) | 1);
    let digits = digits ^ digits.wrapping_mul(0x0552_6c56);
    digits ^ digits.wrapping_mul(0x53a2_2864)
}

#[cfg(test)]
mod tests {
    use super::super::Stream;
    use super::*;

    #[test]
    fn plain_points_are_those_of_the_published_sequence() {
        // Some points times 64, from the implementation in SciPy 1.17 (without scramble), which takes
        // the same table; by their index, whereas its own order is that of the Gray code.
        let known: [(u32, [u32; DIMENSIONS]); 8] = [
            (1, [32, 32, 32, 32, 32, 32, 32, 32]),
            (2, [16, 48, 48, 48, 16, 16, 48, 16]),
            (3, [48, 16, 16, 16, 48, 48, 16, 48]),
            (4, [8, 40, 24, 8, 8, 24, 40, 40]),
            (8, [4, 60, 36, 20, 44, 12, 52, 20]),
            (16, [2, 34, 58, 62, 62, 50, 22, 34]),
            (32, [1, 51, 23, 29, 55, 9, 37, 9]),
            (63, [63, 21, 1, 47, 29, 31, 63, 39]),
        ];
        for (index, point) in known {
            for (dimension, parts) in point.into_iter().enumerate() {
                let digits = plain(index, dimension).reverse_bits();
                assert_eq!(digits, parts << 26, "point {index} dimension {dimension}");
            }
        }
    }

    #[test]
    fn each_coordinate_meets_each_step_once() {
        for key in 0..4 {
            let sobol = Sobol::new(key, 1000);
            assert_eq!(sobol.points(), 1024);
            for dimension in 0..Sobol::DIMENSIONS {
                let mut steps: Vec<u64> =
                    (0..1024).map(|i| (sobol.at(i, dimension) * 1024.0) as u64).collect();
                steps.sort_unstable();
                assert!(steps.into_iter().eq(0..1024), "key {key} dimension {dimension}");
            }
        }
    }

    #[test]
    fn two_coordinates_meet_each_rectangle_once() {
        // The first two dimensions are a net of the best kind: of 256 points one in each rectangle of
        // 2^-j by 2^-(8-j).
        let sobol = Sobol::new(9, 256);
        for j in 0..=8 {
            let (wide, high) = (f64::from(1 << j), f64::from(1 << (8 - j)));
            let mut cells: Vec<u32> = (0..256)
                .map(|i| {
                    let (x, y) = (sobol.at(i, 0), sobol.at(i, 1));
                    (x * wide) as u32 * (1 << (8 - j)) + (y * high) as u32
                })
                .collect();
            cells.sort_unstable();
            assert!(cells.into_iter().eq(0..256), "{j}");
        }
    }

    #[test]
    fn points_by_step_meet_each_rectangle_once_and_places_are_an_order() {
        let sobol = Sobol::new(4, 256);
        for j in 0..=8 {
            let (wide, high) = (f64::from(1 << j), f64::from(1 << (8 - j)));
            let mut cells: Vec<u32> = (0..256)
                .map(|step| {
                    let (x, y) = sobol.in_step(step);
                    assert_eq!((x * 256.0) as u32, step);
                    (x * wide) as u32 * (1 << (8 - j)) + (y * high) as u32
                })
                .collect();
            cells.sort_unstable();
            assert!(cells.into_iter().eq(0..256), "{j}");
        }
        let mut places: Vec<u32> = (0..256).map(|it| sobol.place(it)).collect();
        assert_ne!(places, (0..256).collect::<Vec<_>>());
        places.sort_unstable();
        assert!(places.into_iter().eq(0..256));
    }

    #[test]
    fn the_last_indices_of_two_keys_meet_as_chance_has_it() {
        for last in [16, 32, 100, 128, 200] {
            let places = |key| -> Vec<u32> {
                (256 - last..256).map(|it| Sobol::new(key, 256).place(it)).collect()
            };
            let n = 800;
            let met = (0..n).map(|key| {
                let (one, other) = (places(2 * key), places(2 * key + 1));
                one.iter().filter(|it| other.contains(it)).count() as f64
            });
            let met: Vec<f64> = met.collect();
            let mean = met.iter().sum::<f64>() / n as f64;
            let variance = met.iter().map(|it| (it - mean) * (it - mean)).sum::<f64>() / n as f64;
            // Drawing without putting back: the hypergeometric distribution.
            let share = f64::from(last) / 256.0;
            let known = f64::from(last) * share * (1.0 - share) * (1.0 - share) * 256.0 / 255.0;
            let off = (mean - f64::from(last) * share) / (known / n as f64).sqrt();
            assert!(off.abs() < 4.0, "{last}: {mean}");
            assert!((0.75..1.25).contains(&(variance / known)), "{last}: {variance}, {known}");
        }
    }

    #[test]
    fn a_smooth_mean_is_much_nearer_than_by_plain_chance() {
        let function = |u: f64, v: f64| libm::exp(u) * v;
        let known = 0.5 * (std::f64::consts::E - 1.0);
        let (mut even, mut plain) = (0.0, 0.0);
        for key in 0..50 {
            let sobol = Sobol::new(key, 1024);
            let mut stream = Stream::new(key, 0, 0, 0);
            let (mut sum, mut plain_sum) = (0.0, 0.0);
            for i in 0..1024 {
                sum += function(sobol.at(i, 0), sobol.at(i, 1)) / 1024.0;
                plain_sum += function(stream.uniform(), stream.uniform()) / 1024.0;
            }
            even += (sum - known) * (sum - known);
            plain += (plain_sum - known) * (plain_sum - known);
        }
        // Variance falls by about the number of points times and more.
        assert!(even * 1000.0 < plain, "{even} {plain}");
    }

    #[test]
    fn coordinates_of_two_keys_have_nothing_to_do_with_each_other() {
        let (one, other) = (Sobol::new(1, 4096), Sobol::new(2, 4096));
        let products = (0..4096).map(|i| (one.at(i, 0) - 0.5) * (other.at(i, 0) - 0.5));
        let correlation = 12.0 * products.sum::<f64>() / 4096.0;
        assert!(correlation.abs() < 4.0 / 64.0, "{correlation}");
        // And not only on average: 16 by 16 cells hold 16 points each, give or take chance.
        let mut cells = [0_f64; 256];
        for i in 0..4096 {
            let cell = (one.at(i, 0) * 16.0) as usize * 16 + (other.at(i, 0) * 16.0) as usize;
            cells[cell] += 1.0;
        }
        let chi_squared: f64 = cells.iter().map(|n| (n - 16.0) * (n - 16.0) / 16.0).sum();
        assert!((150.0..320.0).contains(&chi_squared), "{chi_squared}");
    }

    #[test]
    fn points_stay_what_they_are() {
        let sobol = Sobol::new(7, 64);
        assert_eq!(sobol.at(64, 8), sobol.at(0, 0));
        assert!((0..64).all(|i| sobol.at(i, 3) > 0.0 && sobol.at(i, 3) < 1.0));
        assert_eq!(Sobol::new(7, 1).points(), 1);
        assert_eq!(Sobol::new(7, u32::MAX).points(), 1 << 24);
    }
}
