//! The English words of the way in.

pub(super) const SIGN_IN: &str = "Sign in";
pub(super) const NAME: &str = "Your sign-in name";
pub(super) const PASSPHRASE: &str = "Passphrase";
pub(super) const WRONG: &str =
    "The name or the passphrase is not right. Check both and type them again.";
pub(super) const FORGOTTEN: &str =
    "Forgot it? The owner of the book can set a new passphrase under Settings, People.";
pub(super) const SECOND_STEP: &str = "The second step";
pub(super) const CODE: &str = "The six digits your app shows now";
pub(super) const CODE_HINT: &str = "No app at hand? Type one of your recovery codes instead.";
pub(super) const WRONG_CODE: &str =
    "That is not the code of now. Wait for the next one and type it; each works once.";
pub(super) const GO_ON: &str = "Go on";
