//! Geometry, and that nothing from outside gets into the markup.

use super::*;

fn point(dollars: f64, chance: f64) -> Point {
    Point { dollars, chance, low: chance / 2.0, high: (chance * 2.0).min(1.0) }
}

fn curve<'a>(lines: &'a [Line<'a>]) -> Exceedance<'a> {
    Exceedance {
        id: "curve",
        title: "A <year>",
        description: "\"What\" & how",
        across: "dollars",
        up: "chance",
        lines,
        least: 0.001,
    }
}

/// The numbers of a path.
fn places(path: &str) -> Vec<(f64, f64)> {
    let points = path.trim_end_matches('Z').split(['M', 'L']).filter(|it| !it.is_empty());
    let pair = |it: &str| {
        let (x, y) = it.split_once(' ').unwrap();
        (x.parse().unwrap(), y.parse().unwrap())
    };
    points.map(pair).collect()
}

fn attribute<'a>(svg: &'a str, class: &str) -> &'a str {
    let tag = svg.split(&format!("class=\"{class}\" d=\"")).nth(1).unwrap();
    tag.split('"').next().unwrap()
}

#[test]
fn a_curve_falls_and_ends_where_it_leaves_the_paper() {
    let points = [point(100.0, 0.1), point(1e4, 0.01), point(1e6, 0.0001)];
    let lines = [Line { label: "now", points: &points }];
    let svg = curve(&lines).show().into_string();
    let line = places(attribute(&svg, "curve-line curve-0"));
    assert_eq!(line.len(), 3, "{svg}");
    assert!(line.windows(2).all(|it| it[0].0 < it[1].0 && it[0].1 < it[1].1), "{line:?}");
    // From 1 in 100 to 1 in 10,000 over two powers of ten: 1 in 1,000 is met half way.
    assert_eq!(line[2].1, 244.0, "it ends at the least chance");
    let per_power = (line[1].0 - line[0].0) / 2.0;
    assert!((line[2].0 - line[1].0 - per_power).abs() < 0.2, "{line:?}");
    assert!(svg.contains(">1 in 100</text>") && svg.contains(">$10k</text>"));
    assert!(svg.contains(">every year</text>"));
}

#[test]
fn a_band_holds_its_line() {
    let points = [point(100.0, 0.2), point(1e3, 0.1), point(1e4, 0.02)];
    let lines = [Line { label: "now", points: &points }];
    let svg = curve(&lines).show().into_string();
    let line = places(attribute(&svg, "curve-line curve-0"));
    let band = places(attribute(&svg, "band band-0"));
    let (upper, lower) = band.split_at(3);
    for (at, (x, y)) in line.iter().enumerate() {
        assert_eq!(upper[at].0, *x);
        assert!(upper[at].1 < *y && lower[2 - at].1 > *y, "more is further up");
    }
}

#[test]
fn a_curve_of_nothing_is_not_drawn() {
    assert_eq!(curve(&[]).show().into_string(), "");
    let points = [point(100.0, 0.0), point(1e3, 0.0)];
    let lines = [Line { label: "now", points: &points }];
    assert_eq!(curve(&lines).show().into_string(), "");
    let strange = [point(f64::NAN, f64::NAN), point(0.0, 1.0), point(f64::INFINITY, 0.5)];
    let lines = [Line { label: "now", points: &strange }];
    let svg = curve(&lines).show().into_string();
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
}

#[test]
fn what_is_written_in_a_chart_stays_text() {
    let points = [point(100.0, 0.1), point(1e4, 0.01)];
    let lines = [Line { label: "<b>now</b>", points: &points }];
    let svg = curve(&lines).show().into_string();
    assert!(svg.contains("A &lt;year&gt;") && svg.contains("&quot;What&quot; &amp; how"));
    assert!(svg.contains("&lt;b&gt;now") && !svg.contains("<b>"));
    assert!(svg.contains("role=\"img\"") && !svg.contains("style="));
    let it = Icons { id: "i", title: "<i>", description: "&", share: 0.02, high: 0.05 };
    assert!(icons(&it).into_string().contains("<title id=\"i-title\">&lt;i&gt;</title>"));
}

/// Dots in a path.
fn dots(svg: &str, class: &str) -> usize {
    attribute(svg, class).matches('M').count()
}

#[test]
fn dots_are_counted_and_none_is_lost() {
    let of = |share, high| {
        let it = Icons { id: "i", title: "t", description: "d", share, high };
        icons(&it).into_string()
    };
    let svg = of(0.13, 0.24);
    let all = ["dot", "dot-perhaps", "dot-other"].map(|it| dots(&svg, it));
    assert_eq!(all, [13, 11, 76]);
    assert_eq!(dots(&of(0.02, 0.01), "dot-perhaps"), 0, "a range never ends below the number");
    let svg = of(0.000_52, 0.001);
    assert_eq!((dots(&svg, "dot"), dots(&svg, "dot-perhaps")), (1, 0), "1 in 2,000 of a thousand");
    assert_eq!(Icons::of(0.004), 1_000);
    assert!(of(f64::NAN, f64::NAN).contains("svg"));
}

#[test]
fn a_bar_stands_inside_its_box_and_its_mark_inside_the_bar() {
    let svg = span(Span { low: 1.0, value: 2.0, high: 9.0, most: 10.0 }).into_string();
    assert!(svg.contains("M15.2 7H104.8") && svg.contains("cx=\"26.4\""), "{svg}");
    let svg = span(Span { low: -5.0, value: 0.0, high: 99.0, most: 10.0 }).into_string();
    assert!(svg.contains("H116"), "what is too large ends at the edge: {svg}");
}

#[test]
fn the_widest_bar_of_a_tornado_fills_it() {
    let bars = tornado(50.0, &[Bar { low: 0.0, high: 100.0 }, Bar { low: 40.0, high: 60.0 }]);
    let bars: Vec<String> = bars.into_iter().map(maud::PreEscaped::into_string).collect();
    assert!(bars[0].contains("x=\"2\"") && bars[0].contains("width=\"216\""), "{}", bars[0]);
    assert!(bars[1].contains("x=\"88.4\"") && bars[1].contains("width=\"43.2\""), "{}", bars[1]);
    assert!(bars.iter().all(|it| it.contains("M110 0V18")));
}
