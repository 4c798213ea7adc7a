//! What is left in one world of how often and how much, by threat and route: now, after a plan, and
//! after each action alone. The formula of `risk::residual`, laid out for worlds, in which nothing is
//! in doubt: a sum of logarithms for each place, and one power of it.

use super::super::model::Model;
use super::super::number::{exp, ln};
use super::super::residual::ways;
use super::super::worlds::World;
use crate::catalog::{EffectOn, Route};

/// How often and how much, as shares of the sector's.
pub(super) type Share = (f64, f64);

/// Of a threat, by route, something for how often and how much.
type Places = [[f64; 2]; 2];

/// What is left in one world: by threat, then by route.
#[derive(Clone, Debug, Default)]
pub(super) struct Residuals {
    pub(super) now: Vec<[Share; 2]>,
    pub(super) after: Vec<[Share; 2]>,
    /// By threat and route: the actions that work there, each with what it alone leaves of what is left.
    pub(super) alone: Vec<[Vec<(usize, Share)>; 2]>,
}

/// Which effect works where: the same in every world.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// By control.
    controls: Vec<Laid>,
    /// By action: the controls that it raises, each with the share of what is missing that it closes.
    raised: Vec<Vec<(usize, f64)>>,
    floor: f64,
}

/// One control.
#[derive(Clone, Debug)]
struct Laid {
    effects: Vec<Target>,
    adoption: f64,
    /// Of what is missing now, the share that is missing after the plan.
    missing: f64,
}

/// One effect of a control.
#[derive(Clone, Copy, Debug)]
struct Target {
    effect: usize,
    threat: usize,
    /// 0 = how often, 1 = how much.
    kind: usize,
    /// On which routes.
    routes: [bool; 2],
}

impl Layout {
    /// Of a model, with the actions of a plan.
    pub(super) fn of(model: &Model, done: &[u16]) -> Self {
        let mut controls: Vec<Laid> = (0..model.controls.len()).map(|it| laid(model, it)).collect();
        let raised: Vec<Vec<(usize, f64)>> = model
            .controls
            .iter()
            .enumerate()
            .map(|(at, it)| {
                let itself = (it.closes > 0.0).then_some((at, it.closes));
                itself.into_iter().chain(it.raises.iter().copied()).collect()
            })
            .collect();
        let mut chosen: Vec<u16> = done.to_vec();
        chosen.sort_unstable();
        chosen.dedup();
        for (control, share) in
            chosen.iter().filter_map(|it| raised.get(usize::from(*it))).flatten()
        {
            if let Some(it) = controls.get_mut(*control) {
                it.missing *= 1.0 - share;
            }
        }
        Self { controls, raised, floor: model.floor }
    }

    /// What is left in a world; `values` asks for each action alone too.
    pub(super) fn left(&self, world: &World, values: bool) -> Residuals {
        let threats = world.threats.len();
        let (mut now, mut after) =
            (vec![Places::default(); threats], vec![Places::default(); threats]);
        for (at, control) in self.controls.iter().enumerate() {
            for target in &control.effects {
                let Some((coverage, share)) = doubted(world, at, target.effect) else { continue };
                let without = 1.0 - share * control.adoption;
                let log = ln((1.0 - share * coverage) / without);
                let then = if control.missing < 1.0 {
                    ln((1.0 - share * raised(coverage, control.missing)) / without)
                } else {
                    log
                };
                target.add(&mut now, log);
                target.add(&mut after, then);
            }
        }
        let told = |of: &[Places]| -> Vec<[Share; 2]> {
            let each = of.iter().zip(&world.threats);
            each.map(|(it, threat)| it.map(|it| self.floored(it, threat.overlap))).collect()
        };
        Residuals {
            alone: if values { self.alone(world, &now) } else { Vec::new() },
            now: told(&now),
            after: told(&after),
        }
    }

    /// What each action alone leaves of what is left now.
    fn alone(&self, world: &World, now: &[Places]) -> Vec<[Vec<(usize, Share)>; 2]> {
        let mut alone = vec![[Vec::new(), Vec::new()]; now.len()];
        let mut steps = vec![Places::default(); now.len()];
        for (action, controls) in self.raised.iter().enumerate() {
            steps.fill(Places::default());
            for (at, closes) in controls {
                let Some(control) = self.controls.get(*at) else { continue };
                for target in &control.effects {
                    let Some((coverage, share)) = doubted(world, *at, target.effect) else {
                        continue;
                    };
                    let with = 1.0 - share * raised(coverage, 1.0 - closes);
                    target.add(&mut steps, ln(with / (1.0 - share * coverage)));
                }
            }
            let places = steps.iter().zip(now).zip(&world.threats).zip(&mut alone);
            for (((step, now), threat), out) in places {
                for ((step, now), out) in step.iter().zip(now).zip(out) {
                    let [often, much] = *step;
                    if often < 0.0 || much < 0.0 {
                        let then = [now[0] + often, now[1] + much];
                        let (before, then) = (
                            self.floored(*now, threat.overlap),
                            self.floored(then, threat.overlap),
                        );
                        out.push((action, (then.0 / before.0, then.1 / before.1)));
                    }
                }
            }
        }
        alone
    }

    /// The shares that sums of logarithms leave, with the floor.
    fn floored(&self, [often, much]: [f64; 2], overlap: f64) -> Share {
        let of = |log: f64| self.floor + (1.0 - self.floor) * exp(overlap * log);
        (of(often), of(much))
    }
}

impl Target {
    fn add(&self, to: &mut [Places], log: f64) {
        let Some(places) = to.get_mut(self.threat) else { return };
        for (place, reaches) in places.iter_mut().zip(self.routes) {
            if let Some(it) = place.get_mut(self.kind).filter(|_| reaches) {
                *it += log;
            }
        }
    }
}

/// The effects of a control; where two would work in one place, the first does.
fn laid(model: &Model, at: usize) -> Laid {
    let Some(control) = model.controls.get(at) else {
        return Laid { effects: Vec::new(), adoption: 0.0, missing: 1.0 };
    };
    let mut taken = vec![[[false; 2]; 2]; model.threats.len()];
    let effects = control.effects.iter().enumerate().filter_map(|(effect, it)| {
        let threat = model.threats.get(it.threat).filter(|it| it.applies)?;
        let kind = usize::from(it.on == EffectOn::Loss);
        let mut routes = [false; 2];
        for (route, way) in ways(threat) {
            let taken = taken.get_mut(it.threat)?.get_mut(route)?.get_mut(kind)?;
            if (it.route == way || it.route == Route::Both) && !*taken {
                *taken = true;
                *routes.get_mut(route)? = true;
            }
        }
        routes.contains(&true).then_some(Target { effect, threat: it.threat, kind, routes })
    });
    Laid { effects: effects.collect(), adoption: control.adoption, missing: 1.0 }
}

/// In a world, how far a control is there and what one of its effects does.
fn doubted(world: &World, control: usize, effect: usize) -> Option<(f64, f64)> {
    let it = world.controls.get(control)?;
    Some((it.coverage, *it.effects.get(effect)?))
}

/// Coverage when of what is missing only this share still is.
fn raised(coverage: f64, missing: f64) -> f64 {
    1.0 - (1.0 - coverage) * missing
}
