//! What is told beside a file: its date, its computer, and what the home itself knows.

use asepsis_collect::import::Told;
use asepsis_core::identity::Secret;
use asepsis_core::time::Timestamp;
use asepsis_store::db::DbError;
use jiff::tz::TimeZone;

use super::super::home::{Home, HomeError};
use super::super::moment::MomentError;

/// The setting that holds what makes keys out of names.
const SETTING: &str = "import-secret";

impl Home {
    /// What readers are told: the date that somebody gave (a day counts from its beginning, so that
    /// nothing is taken as seen later than it was) and the computer, if they are known.
    pub async fn told(
        &self,
        date: Option<&str>,
        host: Option<&str>,
        now: Timestamp,
    ) -> Result<Told, super::ImportError> {
        let zone = self.organization_record().await?.zone;
        let zone = super::super::moment::zone(&zone);
        let date = date.map(|it| beginning(it, &zone, now)).transpose()?;
        let host = host.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
        let secret = self.secret().await.map_err(HomeError::from)?;
        let mappings = self.mappings().await?.into_iter().map(|it| it.mapping).collect();
        Ok(Told { date, host, zone, now, secret, mappings })
    }

    /// What makes keys out of names; made when it is first needed.
    async fn secret(&self) -> Result<Secret, DbError> {
        let mut fresh = [0; 32];
        self.random().fill(&mut fresh);
        let fresh: String = fresh.iter().map(|byte| format!("{byte:02x}")).collect();
        // Of two at once the first one's stays.
        self.store.set_setting_if(&self.organization, SETTING, None, &fresh).await?;
        let kept = self.store.setting(&self.organization, SETTING).await?.unwrap_or(fresh);
        let mut secret = [0; 32];
        for (at, byte) in secret.iter_mut().enumerate() {
            let digits = kept.get(2 * at..2 * at + 2).unwrap_or_default();
            *byte = u8::from_str_radix(digits, 16).unwrap_or_default();
        }
        Ok(Secret(secret))
    }
}

/// The first moment of a day in a time zone; a time is taken as it is. Not later than now.
fn beginning(text: &str, zone: &TimeZone, now: Timestamp) -> Result<Timestamp, super::ImportError> {
    let text = text.trim();
    let wrong = || MomentError::Text(text.to_owned());
    let at = match text.parse() {
        Ok(at) => at,
        Err(_) => {
            let day: jiff::civil::Date = text.parse().map_err(|_| wrong())?;
            let start = day.to_zoned_datetime(zone.clone()).map_err(|_| wrong())?;
            Timestamp::from_millis(start.timestamp().as_millisecond())
        }
    };
    if at > now {
        return Err(super::ImportError::Future { date: text.to_owned() });
    }
    Ok(at)
}
