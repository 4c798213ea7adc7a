//! What there is to do: the plan under dollars and hours is in `proposal`, the checks that fail in `checks`,
//! one of them in `one`, what people send about it in `acts`.

mod acts;
mod checks;
mod english;
mod group;
mod one;
mod proposal;
mod standing;
mod talk;

use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};

pub(super) use proposal::{first_lines, month_name};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/plan", Right::See, proposal::page),
        get("/plan/left", Right::See, proposal::left::page),
        get("/plan/sure", Right::See, proposal::sure::page),
        post("/plan/take", Right::Plan, proposal::take),
        get("/plan/checks", Right::See, checks::list),
        get("/plan/{check}", Right::See, one::page),
        post("/plan/{check}/plan", Right::Plan, acts::plan),
        post("/plan/{check}/assign", Right::Plan, acts::assign),
        post("/plan/{check}/reopen", Right::Plan, acts::reopen),
        post("/plan/{check}/done", Right::Finish, acts::done),
        post("/plan/{check}/comment", Right::Comment, acts::comment),
    ]
}
