//! Special functions against known values: mpmath 1.4.1 at 60 digits, and printed tables.

use super::*;

fn near(found: f64, known: f64, relative: f64, what: &str) {
    let off = (found / known - 1.0).abs();
    assert!(off < relative, "{what}: {found:e} is not {known:e}, off by {off:e}");
}

#[test]
fn the_normal_distribution_has_its_known_values() {
    for (x, known) in [
        (-8.5, 9.479_534_822_203_318e-18),
        (-3.0, 0.001_349_898_031_630_094_6),
        (-1.644_853_626_951_472_2, 0.050_000_000_000_000_05),
        (0.25, 0.598_706_325_682_923_7),
        (1.96, 0.975_002_104_851_779_5),
        (5.0, 0.999_999_713_348_428_1),
    ] {
        near(normal_cdf(x), known, 2e-14, &format!("cdf {x}"));
    }
    for (p, known) in [
        (1e-300, -37.047_096_299_361_2),
        (1e-12, -7.034_483_825_301_132),
        (0.001, -3.090_232_306_167_813_6),
        (0.05, -1.644_853_626_951_472_6),
        (0.075, -1.439_531_470_938_456),
        (0.3, -0.524_400_512_708_040_8),
    ] {
        near(normal_quantile(p), known, 1e-14, &format!("quantile {p}"));
    }
    // Abramowitz and Stegun, table 26.5.
    near(normal_quantile(0.975), 1.959_963_985, 1e-9, "97.5 %");
    assert_eq!(normal_quantile(0.5), 0.0);
    assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
    assert_eq!(normal_quantile(1.0), f64::INFINITY);
}

#[test]
fn the_incomplete_gamma_function_has_its_known_values() {
    for (a, x, lower, upper) in [
        (0.05, 1e-08, 0.408_942_399_583_405_6, 0.591_057_600_416_594_4),
        (0.66, 0.1, 0.233_281_775_846_832_66, 0.766_718_224_153_167_4),
        (1.58, 1.2, 0.477_081_920_051_753_2, 0.522_918_079_948_246_8),
        (2.5, 9.0, 0.997_053_595_412_119_7, 0.002_946_404_587_880_290_6),
        (30.0, 22.5, 0.074_741_864_796_325_93, 0.925_258_135_203_674_1),
        (30.0, 45.0, 0.992_662_800_702_203_5, 0.007_337_199_297_796_504),
        (1000.0, 1050.0, 0.941_328_888_622_681_9, 0.058_671_111_377_318_08),
        (10_000.0, 9800.0, 0.022_207_543_813_969_693, 0.977_792_456_186_030_3),
        (5.0, 60.0, 1.0, 5.060_046_065_842_574e-21),
    ] {
        near(gamma_lower(a, x), lower, 2e-13, &format!("P({a}, {x})"));
        near(gamma_upper(a, x), upper, 2e-13, &format!("Q({a}, {x})"));
    }
    assert_eq!((gamma_lower(2.0, 0.0), gamma_upper(2.0, 0.0)), (0.0, 1.0));
}

#[test]
fn the_inverse_of_the_incomplete_gamma_function_has_its_known_values() {
    for (a, p, known) in [
        (0.1, 0.05, 5.930_711_291_414_281e-14),
        (0.66, 0.05, 0.009_183_998_941_057_401),
        (1.58, 0.95, 4.045_159_132_416_711),
        (1.58, 0.05, 0.201_486_635_175_035),
        (30.0, 0.5, 29.667_333_138_221_23),
        (10_000.0, 0.999, 10_311.875_224_539_537),
        (0.092, 0.95, 0.535_798_539_621_658_1),
    ] {
        near(gamma_lower_inverse(a, p), known, 2e-13, &format!("{a} at {p}"));
    }
    // NIST/SEMATECH e-Handbook 1.3.6.7.4: chi squared with 10 degrees of freedom.
    near(2.0 * gamma_lower_inverse(5.0, 0.95), 18.307, 1e-4, "chi squared");
    assert_eq!(gamma_lower_inverse(2.0, 0.0), 0.0);
    assert_eq!(gamma_lower_inverse(2.0, 1.0), f64::INFINITY);
}

#[test]
fn the_incomplete_beta_function_has_its_known_values() {
    for (a, b, x, known) in [
        (0.1, 4.9, 1e-06, 0.306_608_975_365_986_1),
        (0.5, 0.5, 0.3, 0.369_010_119_565_545_36),
        (7.0, 3.0, 0.55, 0.149_503_140_015_625_06),
        (18.0, 2.0, 0.77, 0.046_536_763_076_659_216),
        (1.0, 49.0, 0.02, 0.628_398_285_625_390_8),
        (30.5, 1.5, 0.999, 0.996_015_087_196_780_1),
        (2000.0, 3000.0, 0.41, 0.925_262_126_208_304_2),
        (5.0, 5.0, 0.5, 0.5),
        (1.58, 5.0, 0.9902, 0.999_999_999_720_396_2),
    ] {
        near(beta_lower(a, b, x), known, 2e-13, &format!("I({a}, {b}) at {x}"));
        near(1.0 - beta_lower(b, a, 1.0 - x), known, 1e-11, &format!("mirrored {a}, {b}"));
    }
    for (a, b, known) in [
        (0.1, 4.9, 2.103_215_721_763_601),
        (7.0, 3.0, -5.529_429_087_511_423),
        (1000.0, 2000.0, -1_911.874_614_214_451_6),
    ] {
        near(ln_beta(a, b), known, 1e-13, &format!("ln B({a}, {b})"));
    }
    assert_eq!((beta_lower(2.0, 3.0, 0.0), beta_lower(2.0, 3.0, 1.0)), (0.0, 1.0));
}

#[test]
fn the_inverse_of_the_incomplete_beta_function_has_its_known_values() {
    for (a, b, p, known) in [
        (0.1, 4.9, 0.05, 1.329_994_562_756_543_1e-14),
        (0.1, 4.9, 0.95, 0.121_926_070_814_836_61),
        (18.0, 2.0, 0.05, 0.773_625_750_727_622),
        (18.0, 2.0, 0.95, 0.980_966_879_878_375_9),
        (1.5, 3.5, 0.05, 0.046_007_188_903_691_7),
        (1.5, 3.5, 0.95, 0.650_707_216_586_675),
        (7.0, 3.0, 0.5, 0.713_763_331_977_217_3),
        (1.0, 19.0, 0.95, 0.145_868_503_312_243_4),
        (200.0, 300.0, 0.999, 0.468_552_357_114_498_9),
        (31.5, 0.3, 0.9, 0.999_989_608_016_400_4),
    ] {
        near(beta_lower_inverse(a, b, p), known, 2e-13, &format!("{a}, {b} at {p}"));
    }
    assert_eq!((beta_lower_inverse(2.0, 3.0, 0.0), beta_lower_inverse(2.0, 3.0, 1.0)), (0.0, 1.0));
}

#[test]
fn masses_keep_their_digits_where_numbers_are_large() {
    let poisson = |k: f64, mean: f64| libm::exp(ln_poisson_mass(k, mean));
    near(poisson(3.0, 2.5), 0.213_763_017_249_736_45, 2e-13, "Poisson");
    near(poisson(1000.0, 900.0), 5.926_953_285_418_9e-05, 2e-13, "Poisson");
    near(poisson(10000.0, 10_100.0), 0.002_427_705_950_440_669_4, 2e-13, "Poisson");
    // n! / (k! (n-k)!) p^k q^(n-k), with n = 10 and k = 4.
    near(libm::exp(ln_binomial_mass(4.0, 6.0, 0.3, 0.7)), 0.200_120_949, 1e-12, "binomial");
}

#[test]
fn there_and_back_again() {
    let shares = [1e-10, 1e-4, 0.05, 0.3, 0.5, 0.8, 0.95, 0.9999, 1.0 - 1e-9];
    for a in [0.03, 0.5, 1.0, 1.58, 7.0, 90.0, 3000.0] {
        for p in shares {
            let x = gamma_lower_inverse(a, p);
            if x > 1e-290 {
                near(gamma_lower(a, x), p, 1e-11, &format!("gamma {a} at {p}"));
                near(gamma_upper(a, x), 1.0 - p, 1e-7, &format!("gamma {a} at {p}, upper"));
            }
            for b in [0.05, 1.0, 3.0, 49.0, 1000.0] {
                let x = beta_lower_inverse(a, b, p);
                // Near 1 the doubles lie too far apart to hold a point of a steep distribution.
                if x > 1e-290 && x < 1.0 - 1e-6 {
                    near(beta_lower(a, b, x), p, 1e-8, &format!("beta {a}, {b} at {p}"));
                }
            }
        }
    }
    for p in shares {
        near(normal_cdf(normal_quantile(p)), p, 1e-13, &format!("normal at {p}"));
    }
}

#[test]
fn quantiles_grow_with_the_share() {
    for (a, b) in [(0.02, 0.98), (1.5, 3.5), (4.9, 0.1), (300.0, 5.0)] {
        let (mut last, mut last_gamma) = (0.0, 0.0);
        for step in 1..400 {
            let p = f64::from(step) / 400.0;
            let (next, gamma) = (beta_lower_inverse(a, b, p), gamma_lower_inverse(a, p));
            assert!(next >= last && gamma >= last_gamma, "{a}, {b} at {p}");
            (last, last_gamma) = (next, gamma);
        }
    }
}
