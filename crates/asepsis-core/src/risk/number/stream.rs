//! Random streams with a name: each (seed, trial, threat, purpose) has its own, so that a draw more
//! in one place moves nothing elsewhere, and no order of work and no number of threads matters.
//!
//! The generator is xoshiro256++ (Blackman and Vigna, "Scrambled linear pseudorandom number
//! generators", 2021), started by SplitMix64 as its authors advise: integers only, the same on every
//! platform, held to the published outputs by a test. Not for secrets.

use super::special::normal_quantile;
use super::{Beta, Gamma};

/// The increment of SplitMix64: 2^64 over the golden ratio.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// A hash of 64 bits to 64 bits, one to one: the output function of SplitMix64.
pub(super) const fn scattered(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// One number of many: their order matters.
pub fn mixed(parts: &[u64]) -> u64 {
    parts.iter().fold(GOLDEN, |so_far, part| scattered(so_far.wrapping_add(GOLDEN) ^ part))
}

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub struct Stream {
    state: [u64; 4],
}

impl Stream {
    /// The stream of this name. `purpose` tells streams of the same trial and threat apart.
    pub fn new(seed: u64, trial: u64, threat: u64, purpose: u64) -> Self {
        Self::from_key(mixed(&[seed, trial, threat, purpose]))
    }

    /// The stream that SplitMix64 starts from these bits.
    fn from_key(key: u64) -> Self {
        let next = |n: u64| scattered(key.wrapping_add(GOLDEN.wrapping_mul(n)));
        Self { state: [next(1), next(2), next(3), next(4)] }
    }

    /// The next 64 random bits.
    pub const fn bits(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let out = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        out
    }

    /// Uniform between 0 and 1, never either: the middle of one of 2^52 equal steps.
    pub fn uniform(&mut self) -> f64 {
        ((self.bits() >> 12) as f64 + 0.5) * (1.0 / (1_u64 << 52) as f64)
    }

    /// Standard normal, from one uniform.
    pub fn normal(&mut self) -> f64 {
        normal_quantile(self.uniform())
    }

    /// Gamma distributed.
    pub fn gamma(&mut self, gamma: Gamma) -> f64 {
        libm::exp(self.ln_gamma(gamma.shape)) / gamma.rate
    }

    /// Beta distributed: the share of one Gamma draw in two.
    pub fn beta(&mut self, beta: Beta) -> f64 {
        let with = self.ln_gamma(beta.a);
        let without = self.ln_gamma(beta.b);
        1.0 / (1.0 + libm::exp(without - with))
    }

    /// The logarithm of a Gamma(shape, 1) draw. By George Marsaglia and Wai Wan Tsang, "A simple method
    /// for generating gamma variables" (2000); small shapes by way of shape + 1, as logarithms because
    /// the draws themselves may be smaller than numbers are.
    fn ln_gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.ln_gamma(shape + 1.0) + libm::log(self.uniform()) / shape;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let z = self.normal();
            let root = 1.0 + c * z;
            if root <= 0.0 {
                continue;
            }
            let v = root * root * root;
            let u = self.uniform();
            let square = z * z;
            let ln_v = libm::log(v);
            if u < 1.0 - 0.0331 * square * square
                || libm::log(u) < 0.5 * square + d * (1.0 - v + ln_v)
            {
                return libm::log(d) + ln_v;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generators_give_their_published_outputs() {
        // SplitMix64 from 1234567 (as in Java's SplittableRandom), and xoshiro256++ from 1, 2, 3, 4.
        let split = |n: u64| scattered(1_234_567_u64.wrapping_add(GOLDEN.wrapping_mul(n)));
        let known =
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!([split(1), split(2), split(3)], known);
        let mut stream = Stream { state: [1, 2, 3, 4] };
        let found: Vec<u64> = (0..6).map(|_| stream.bits()).collect();
        let known = [
            41_943_041,
            58_720_359,
            3_588_806_011_781_223,
            3_591_011_842_654_386,
            9_228_616_714_210_784_205,
            9_973_669_472_204_895_162,
        ];
        assert_eq!(found, known);
    }

    #[test]
    fn each_name_has_its_own_stream_and_keeps_it() {
        let first = |seed, trial, threat, purpose| Stream::new(seed, trial, threat, purpose).bits();
        let all = [
            first(0, 0, 0, 0),
            first(1, 0, 0, 0),
            first(0, 1, 0, 0),
            first(0, 0, 1, 0),
            first(0, 0, 0, 1),
        ];
        for (at, one) in all.iter().enumerate() {
            assert!(all.iter().skip(at + 1).all(|other| one != other));
        }
        // Never to change: results of old plans hang on it.
        assert_eq!(first(7, 2, 3, 1), 5_851_822_283_473_843_214);
    }

    /// Mean and variance of many draws, as deviations in standard errors.
    fn deviations(draws: &[f64], mean: f64, variance: f64) -> (f64, f64) {
        let n = draws.len() as f64;
        let found = draws.iter().sum::<f64>() / n;
        let squares = draws.iter().map(|x| (x - mean) * (x - mean));
        let spread = squares.clone().sum::<f64>() / n;
        let fourth = squares.map(|it| it * it).sum::<f64>() / n;
        let of_mean = (found - mean) / (variance / n).sqrt();
        (of_mean, (spread - variance) / ((fourth - spread * spread) / n).sqrt())
    }

    /// The greatest distance between the draws and a cdf, times the root of their number.
    fn distance(mut draws: Vec<f64>, cdf: impl Fn(f64) -> f64) -> f64 {
        draws.sort_by(f64::total_cmp);
        let n = draws.len() as f64;
        let gaps = draws.iter().enumerate().map(|(at, x)| {
            let here = cdf(*x);
            (here - at as f64 / n).abs().max(((at + 1) as f64 / n - here).abs())
        });
        gaps.fold(0.0, f64::max) * n.sqrt()
    }

    #[test]
    fn uniform_and_normal_draws_have_their_distribution() {
        let mut stream = Stream::new(1, 2, 3, 4);
        let draws: Vec<f64> = (0..100_000).map(|_| stream.uniform()).collect();
        assert!(draws.iter().all(|u| *u > 0.0 && *u < 1.0));
        let (mean, variance) = deviations(&draws, 0.5, 1.0 / 12.0);
        assert!(mean.abs() < 4.0 && variance.abs() < 4.0);
        assert!(distance(draws, |u| u) < 1.95);
        let draws: Vec<f64> = (0..100_000).map(|_| stream.normal()).collect();
        let (mean, variance) = deviations(&draws, 0.0, 1.0);
        assert!(mean.abs() < 4.0 && variance.abs() < 4.0);
    }

    #[test]
    fn gamma_and_beta_draws_have_their_distribution() {
        let mut stream = Stream::new(5, 6, 7, 8);
        for shape in [0.02, 0.66, 1.0, 1.58, 30.0] {
            let gamma = Gamma::new(shape, 3.0);
            let draws: Vec<f64> = (0..50_000).map(|_| stream.gamma(gamma)).collect();
            let (mean, variance) = deviations(&draws, gamma.mean(), gamma.variance());
            assert!(mean.abs() < 4.0 && variance.abs() < 4.0, "{shape}: {mean} {variance}");
            // Below the smallest double, draws of tiny shapes are all 0, which the cdf does not know.
            if shape > 0.1 {
                assert!(distance(draws, |x| gamma.cdf(x)) < 1.95, "{shape}");
            }
        }
        for (a, b) in [(0.01, 0.02), (0.1, 4.9), (6.0, 6.0), (31.5, 3.5)] {
            let beta = Beta::new(a, b);
            let draws: Vec<f64> = (0..50_000).map(|_| stream.beta(beta)).collect();
            assert!(draws.iter().all(|x| (0.0..=1.0).contains(x)));
            let (mean, variance) = deviations(&draws, beta.mean(), beta.variance());
            assert!(mean.abs() < 4.0 && variance.abs() < 4.0, "{a}, {b}: {mean} {variance}");
            if a > 0.05 {
                assert!(distance(draws, |x| beta.cdf(x)) < 1.95, "{a}, {b}");
            }
        }
    }
}
