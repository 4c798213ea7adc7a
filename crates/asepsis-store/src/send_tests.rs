//! A server with several threads can hold the store and await what it does. The compiler is the
//! test: nothing here is run.

use asepsis_core::hash::Hash;
use asepsis_core::random::Random;
use asepsis_core::time::Timestamp;
use std::path::Path;

use crate::Store;
use crate::accounts::{Account, Rights};
use crate::checkpoint::Checkpoint;
use crate::jobs::{JobState, NewJob};
use crate::lines::Wanted;
use crate::net_log::NetCall;
use crate::note::{Signer, Verifier};
use crate::sessions::Session;
use crate::sign::{Heads, Keys};
use crate::uploads::Upload;
use crate::vendor_links::VendorLink;

const AT: Timestamp = Timestamp::from_millis(0);
const HASH: Hash = Hash([0; 32]);

fn shared<T: Send + Sync>() {}

fn send<T: Send>(_: T) {}

fn ledger(store: &Store, random: &dyn Random, signer: &Signer, key: &Verifier, head: &Checkpoint) {
    let path = Path::new("");
    send(Store::open(""));
    send(Store::restore(path, ""));
    send(store.close());
    send(store.append("", Vec::new(), AT, random));
    send(store.redact("", 0, "", "", AT, random));
    send(store.size(""));
    send(store.head(""));
    send(store.entries("", 0, 0));
    send(store.root_at("", 0));
    send(store.organizations());
    send(store.evidence("", None, None));
    send(store.lines("", &Wanted::default(), 0));
    send(store.rebuild(""));
    send(store.verify("", Some(head)));
    send(store.export("", path, signer));
    send(store.import(path, Some(key)));
    send(store.backup(path));
}

fn signing(store: &Store, random: &dyn Random, signer: &Signer, keys: &Keys, heads: &Heads) {
    send(heads.sign(store, "", signer, AT));
    send(heads.check(store, ""));
    send(keys.change(store, "", heads, "", AT, random));
}

fn people(store: &Store, account: &Account, session: &Session) {
    send(store.create_account("", account));
    send(store.claim_first_account("", account));
    send(store.account("", ""));
    send(store.account_by_sign_in("", ""));
    send(store.accounts(""));
    send(store.set_passphrase("", "", ""));
    send(store.set_totp("", "", None));
    send(store.take_totp_step("", "", 0));
    send(store.set_rights("", "", Rights::Owner, &[], ""));
    send(store.set_disabled("", "", None));
    send(store.replace_recovery_codes("", "", &[]));
    send(store.use_recovery_code("", "", HASH, AT));
    send(store.unused_recovery_codes("", ""));
    send(store.create_session("", HASH, session));
    send(store.session("", HASH, AT));
    send(store.touch_session("", HASH, AT));
    send(store.end_session("", HASH));
    send(store.end_sessions_of("", "", None));
    send(store.sessions_of("", "", AT));
    send(store.drop_expired_sessions("", AT));
    send(store.failures("", ""));
    send(store.note_failure("", "", AT));
    send(store.clear_failures("", ""));
}

fn work(store: &Store, link: &VendorLink, job: &NewJob, calls: &[NetCall]) {
    send(store.create_vendor_link("", link));
    send(store.vendor_link("", ""));
    send(store.vendor_link_by_token("", HASH));
    send(store.vendor_links(""));
    send(store.revoke_vendor_link("", "", AT));
    send(store.use_vendor_link("", "", AT));
    send(store.enqueue("", job));
    send(store.claim_job("", AT, 0));
    send(store.job_progress("", "", 0, "", AT));
    send(store.finish_job("", "", 0, JobState::Done, "", AT));
    send(store.job("", ""));
    send(store.jobs("", 0));
    send(store.unfinished_jobs(""));
    send(store.setting("", ""));
    send(store.settings(""));
    send(store.set_setting("", "", ""));
    send(store.set_setting_if("", "", None, ""));
    send(store.note_calls("", calls));
    send(store.calls("", AT, 0));
    send(store.calls_page("", 0, 0));
    send(store.count_calls(""));
}

fn files(store: &Store, upload: &Upload) {
    send(store.keep_upload("", upload));
    send(store.upload("", "", "", AT));
    send(store.uploads("", "", AT));
    send(store.drop_upload("", "", ""));
}

#[test]
fn the_store_and_all_it_does_can_move_between_threads() {
    shared::<Store>();
    let _: fn(&_, &_, &_, &_, &_) = ledger;
    let _: fn(&_, &_, &_, &_, &_) = signing;
    let _: fn(&_, &_, &_) = people;
    let _: fn(&_, &_, &_, &_) = work;
    let _: fn(&_, &_) = files;
}
