//! A table of accounts of Active Directory whose rows say whatever they like.

#![no_main]

use asepsis_collect::import::{Input, Told, recognize};
use asepsis_core::identity::Secret;
use asepsis_core::time::Timestamp;

const TITLES: &[u8] = b"DN,sAMAccountName,objectSid,objectClass,memberOf,pwdLastSet,userAccountControl\n";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some(reader) = recognize(TITLES) else { return };
    let told = Told::only(Timestamp::from_millis(1_795_000_000_000), Secret([7; 32]));
    let _ = recognize(bytes);
    for file in [bytes.to_vec(), [TITLES, bytes].concat()] {
        if let Ok(reading) = reader.read(Input::from(file.as_slice()), &told) {
            reading.looks.for_each(drop);
        }
    }
});
